import { type Millis, millis, secondsToMillis } from "../model/time.ts";

const UNIT_MILLIS = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** Reads `10`, `0.5`, `10s`, `500ms`, `2m`, `1h`: seconds unless the unit says otherwise. */
export function parseDuration(text: string): Millis | undefined {
  const parts = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim());
  if (parts === null) return undefined;
  const [, count = "", unit = "s"] = parts;
  return unit === "s" ? secondsToMillis(Number(count)) : millis(Number(count) * (UNIT_MILLIS.get(unit) ?? 1));
}

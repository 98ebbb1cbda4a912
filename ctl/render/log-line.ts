import { stripVTControlCharacters } from "node:util";
import { formatNamespec } from "../../src/model/namespec.ts";
import type { LogName } from "../follow/follow-logs.ts";
import type { Style } from "../style.ts";
import { padded } from "./cells.ts";
import { visible } from "./visible.ts";

/** The colours of names; each log keeps its own. */
const PAINTS = ["cyan", "yellow", "green", "magenta", "blue", "red"] as const satisfies readonly (keyof Style)[];

/**
 * Makes lines of logs that are told apart by what stands before them. Colours of the programs themselves are left out: they would run into
 * the lines of others.
 */
export function logLines(logs: readonly LogName[], style: Style): (log: LogName, line: string) => string {
  const names = new Map(logs.map((log) => [log, visible(formatNamespec(log.group, log.name))]));
  const width = Math.max(0, ...[...names.values()].map((name) => [...name].length));
  const prefixes = new Map(
    [...names].map(([log, name], index) => [log, style[PAINTS[index % PAINTS.length] ?? "bold"](padded(name, width))]),
  );
  return (log, line) => `${prefixes.get(log)} | ${visible(stripVTControlCharacters(line).replaceAll("\t", "    "))}`;
}

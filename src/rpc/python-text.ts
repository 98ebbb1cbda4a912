import { isArray, type RpcValue } from "./value.ts";

/** How Python prints a value. Fault texts and event payloads hold values in this form, since supervisord formats them with `%s`. */
export function pythonText(value: RpcValue): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

/** How Python prints a value inside another one, or in a log: strings are quoted and escaped. */
export function pythonRepr(value: RpcValue): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quote(value);
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace("T", " ");
  if (isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  const members = Object.entries(value).map(([name, member]) => `${quote(name)}: ${pythonRepr(member)}`);
  return `{${members.join(", ")}}`;
}

/** Keeps a text from ending the line of a log that it is printed in. */
export function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter);
}

/** Everything that would change the line it is printed on: control characters, line and paragraph separators, halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function quote(text: string): string {
  const delimiter = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll("\\", "\\\\").replaceAll(delimiter, `\\${delimiter}`);
  return `${delimiter}${escapeUnprintable(escaped)}${delimiter}`;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  return (
    SHORT_ESCAPES.get(character) ??
    (code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`)
  );
}

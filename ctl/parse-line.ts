/** A line as the user types it, or as the words of the command line make it. */
export type ParsedLine =
  | { readonly kind: "empty" }
  | { readonly kind: "command"; readonly name: string; readonly argument: string }
  | { readonly kind: "unknown" };

/** Splits a line into the command's word, which ends at the first character that no word has, and its argument. */
export function parseLine(text: string): ParsedLine {
  const line = text.trim();
  if (line === "") return { kind: "empty" };
  if (line.startsWith("?")) return { kind: "command", name: "help", argument: line.slice(1).trim() };
  const word = /^[A-Za-z0-9_]+/.exec(line)?.[0];
  if (word === undefined) return { kind: "unknown" };
  return { kind: "command", name: word === "EOF" ? "exit" : word, argument: line.slice(word.length).trim() };
}

/** A line as the user types it, or as the words of the command line make it. */
export type ParsedLine =
  | { readonly kind: "empty" }
  | {
      readonly kind: "command";
      readonly name: string;
      /** The rest of the line behind the command's word, trimmed. */
      readonly argument: string;
      /** The rest as the operating system split it; `null` where one line of text is all there is. */
      readonly words: readonly string[] | null;
    }
  | { readonly kind: "unknown" };

/** Splits a line into the command's word, which ends at the first character that no word has, and its argument. */
export function parseLine(text: string): ParsedLine {
  const line = text.trim();
  if (line === "") return { kind: "empty" };
  if (line.startsWith("?")) return { kind: "command", name: "help", argument: line.slice(1).trim(), words: null };
  const word = /^[A-Za-z0-9_]+/.exec(line)?.[0];
  if (word === undefined) return { kind: "unknown" };
  return { kind: "command", name: word === "EOF" ? "exit" : word, argument: line.slice(word.length).trim(), words: null };
}

/** The same for the words of the command line, which keep their limits where the first of them is nothing but a command's word. */
export function parseWords(words: readonly string[]): ParsedLine {
  const line = parseLine(words.join(" "));
  const [first = "", ...rest] = words;
  return line.kind === "command" && /^[A-Za-z0-9_]+$/.test(first) ? { ...line, words: rest } : line;
}

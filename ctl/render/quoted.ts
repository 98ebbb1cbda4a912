import { visible } from "./visible.ts";

/** A text in quotes as Python prints it, which messages of this family do: single quotes, unless it holds only such. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${quote}${visible(text.replaceAll("\\", "\\\\")).replaceAll(quote, `\\${quote}`)}${quote}`;
}

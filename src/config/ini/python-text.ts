/**
 * Text as Python sees it. The dialect is defined by what Python's `str` methods do, and they differ from JavaScript's: U+FEFF is no
 * blank there, the separators U+001C to U+001F and U+0085 are.
 */

const WIDE_BLANKS = new Set([
  0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
  0x202f, 0x205f, 0x3000,
]);

/** Whether the character at an index is a blank. It is asked of every character of every file, hence by number. */
export function isBlankAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code > 0x20) return code > 0x7f && WIDE_BLANKS.has(code);
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
}

/** How many blanks a text begins with. */
export function indentation(text: string): number {
  let start = 0;
  while (start < text.length && isBlankAt(text, start)) start += 1;
  return start;
}

export function strip(text: string): string {
  return stripEnd(text.slice(indentation(text)));
}

export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isBlankAt(text, end - 1)) end -= 1;
  return text.slice(0, end);
}

const ESCAPES = new Map([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** A text quoted as `repr()` quotes it: in single quotes, unless it holds those and no double ones. */
export function repr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\\\p{C}\p{Z}]/gu, (character) => (character === " " ? " " : escapeCharacter(character)));
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function escapeCharacter(character: string): string {
  const known = ESCAPES.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

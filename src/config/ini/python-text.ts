/**
 * Text as Python sees it. The dialect is defined by what Python's `str` methods do, and they differ from JavaScript's: U+FEFF is no
 * blank there, the separators U+001C to U+001F and U+0085 are.
 */

const BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANK = new RegExp(`[${BLANKS}]`);
const NON_BLANK = new RegExp(`[^${BLANKS}]`);

export function isBlank(character: string): boolean {
  return BLANK.test(character);
}

/** Where the first character that is no blank stands; -1 when there is none. */
export function indentation(text: string): number {
  return text.search(NON_BLANK);
}

export function strip(text: string): string {
  const start = indentation(text);
  return start < 0 ? "" : stripEnd(text).slice(start);
}

export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charAt(end - 1))) end -= 1;
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

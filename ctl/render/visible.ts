/**
 * Text of the daemon made safe for a terminal: a control character becomes a readable escape (`\x1b`), so no name and no description
 * can move the cursor, change colours or forge a line.
 */
export function visible(text: string): string {
  return text.replace(CONTROL_CHARACTERS, escaped);
}

/** The same for a text that may have lines and tabs, such as a list of errors. */
export function visibleLines(text: string): string {
  return text.replace(CONTROL_CHARACTERS, (character) =>
    character === "\n" || character === "\t" ? character : escaped(character),
  );
}

/** C0, DEL and C1 (where U+009B starts an escape sequence as ESC [ does), and the marks that turn the reading direction. */
const CONTROL_CHARACTERS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

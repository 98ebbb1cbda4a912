/** A text in quotes as Python's `repr` writes it, which the texts of supervisord's messages use. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'\p{Cc}]/gu, (character) => {
    if (character === "'") return mark === "'" ? "\\'" : "'";
    return SHORT_ESCAPES[character] ?? hexEscape(character.charCodeAt(0));
  });
  return `${mark}${escaped}${mark}`;
}

/** Bytes that are no text, as `repr` writes them: `b'\xff'`. Whole chunks of a program's output come here, so it has to be fast. */
export function quoteBytes(bytes: Buffer): string {
  const mark = bytes.includes("'") && !bytes.includes('"') ? '"' : "'";
  let escaped = "";
  for (const byte of bytes) escaped += byte === APOSTROPHE && mark === "'" ? "\\'" : BYTE_TEXTS[byte];
  return `b${mark}${escaped}${mark}`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function hexEscape(code: number): string {
  return `\\x${code.toString(16).padStart(2, "0")}`;
}

const APOSTROPHE = 0x27;

/** What each byte is written as. */
const BYTE_TEXTS: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return SHORT_ESCAPES[character] ?? (byte < 0x20 || byte > 0x7e ? hexEscape(byte) : character);
});

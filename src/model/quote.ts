/** A text in quotes as Python's `repr` writes it, which the texts of supervisord's messages use. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'\p{Cc}]/gu, (character) => {
    if (character === "'") return mark === "'" ? "\\'" : "'";
    return SHORT_ESCAPES[character] ?? hexEscape(character.charCodeAt(0));
  });
  return `${mark}${escaped}${mark}`;
}

/** Bytes that are no text, as `repr` writes them: `b'\xff'`. */
export function quoteBytes(bytes: Buffer): string {
  const mark = bytes.includes("'") && !bytes.includes('"') ? '"' : "'";
  const escaped = bytes.toString("latin1").replace(/[\\'\p{Cc}\u0080-\u00ff]/gu, (character) => {
    if (character === "'") return mark === "'" ? "\\'" : "'";
    return SHORT_ESCAPES[character] ?? hexEscape(character.charCodeAt(0));
  });
  return `b${mark}${escaped}${mark}`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function hexEscape(code: number): string {
  return `\\x${code.toString(16).padStart(2, "0")}`;
}

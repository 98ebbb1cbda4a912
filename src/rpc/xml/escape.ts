/** Most texts have nothing but these: no markup, no carriage return, and nothing that XML could forbid. */
const PLAIN = /^[\t\n -%'-;=?-\ud7ff\ue000-\ufffd]*$/;

/** Characters that are escaped at once. */
const PIECE = 16 * 1024;

/**
 * Writes a text as XML: markup and carriage returns as references, and U+FFFD for everything that XML forbids.
 *
 * A log of many megabytes may have to be escaped character by character, and nothing is served meanwhile. A look at bytes takes a small
 * part of the time and of the memory that expressions take for it.
 */
export function escapeText(text: string): string {
  if (PLAIN.test(text)) return text;
  let escaped = "";
  for (let start = 0; start < text.length; ) {
    const end = pieceEnd(text, start);
    escaped += escapePiece(text.slice(start, end));
    start = end;
  }
  return escaped;
}

/** Between the halves of a surrogate pair a text cannot be cut. */
function pieceEnd(text: string, start: number): number {
  const end = start + PIECE;
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end + 1 : end;
}

/** What no UTF-16 makes longer than three bytes, and no escaping longer than five. Each piece is used up before the next. */
const BYTES = Buffer.allocUnsafeSlow(3 * (PIECE + 1));
const ESCAPED = Buffer.allocUnsafeSlow(5 * BYTES.length);

const REPLACEMENT = Buffer.from("\u{fffd}");
const LAST_OF_REPLACEMENT = 0xbd;

/** What stands in for each of the lowest bytes; `undefined` for a byte that stands for itself. */
const SUBSTITUTES: readonly (Buffer | undefined)[] = Array.from({ length: 0x40 }, (_, byte) => {
  const reference = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" }[String.fromCharCode(byte)];
  if (reference !== undefined) return Buffer.from(reference);
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a ? REPLACEMENT : undefined;
});

function escapePiece(piece: string): string {
  // This writes U+FFFD for half a pair already.
  const count = BYTES.write(piece);
  let length = 0;
  for (let index = 0; index < count; index += 1) {
    const byte = BYTES[index] ?? 0;
    const substitute = byte < SUBSTITUTES.length ? SUBSTITUTES[byte] : undefined;
    if (substitute === undefined) ESCAPED[length++] = isForbidden(index) ? LAST_OF_REPLACEMENT : byte;
    else for (let at = 0; at < substitute.length; at += 1) ESCAPED[length++] = substitute[at] ?? 0;
  }
  return ESCAPED.toString("utf8", 0, length);
}

/** Whether the byte is the last of U+FFFE or U+FFFF; U+FFFD differs from them in that byte alone. */
function isForbidden(index: number): boolean {
  return (BYTES[index] ?? 0) >= 0xbe && BYTES[index - 1] === 0xbf && BYTES[index - 2] === 0xef;
}

import fc from "fast-check";

const PIECES: readonly Buffer[] = [
  Buffer.from("]]>"),
  Buffer.from("<![CDATA["),
  Buffer.from("</string></value>"),
  Buffer.from("&#0;&amp;&lt;<&>"),
  Buffer.from("<?xml?><!-- -->"),
  Buffer.from("\r\n\r\t\n"),
  Buffer.from("\u{1b}[31m\u{7}\u{0}\u{7f}\u{85}\u{9b}"),
  Buffer.from("\u{2028}\u{2029}\u{feff}\u{fffd}"),
  // U+FFFE and U+FFFF, which XML forbids although UTF-8 has them.
  Buffer.from("\u{fffe}\u{ffff}\u{1fffe}"),
  Buffer.from("\u{1f600}\u{10ffff}é"),
  // Halves of surrogate pairs, written as if they were characters.
  Buffer.from([0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80]),
  // Characters that are cut, too long, or beyond the last one.
  Buffer.from([0xf0, 0x9f, 0x98]),
  Buffer.from([0xc0, 0x80, 0xe0, 0x80, 0x80]),
  Buffer.from([0xf4, 0x90, 0x80, 0x80, 0xff, 0xfe]),
];

/** What a program may write: bytes of any kind, often such as XML, UTF-8 or a terminal would dislike. */
export const hostileBytes: fc.Arbitrary<Buffer> = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.uint8Array({ maxLength: 8 })), { minLength: 1, maxLength: 20 })
  .map((pieces) => Buffer.concat(pieces))
  .filter((bytes) => bytes.length > 0);

/** What XML can carry of a text: for everything else U+FFFD stands in. @see https://www.w3.org/TR/xml/#charsets */
export function asXmlCarries(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\u{fffd}");
}

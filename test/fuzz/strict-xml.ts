// biome-ignore lint/correctness/noUnresolvedImports: the default export of a CommonJS module is made by Node.
import sax from "sax";
import { runPython } from "../support/python.ts";

/** Everything that XML 1.0 forbids. sax does not look; expat does. @see https://www.w3.org/TR/xml/#charsets */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/**
 * Reads an answer with sax in its strict mode.
 * @returns the texts of its `string` elements.
 * @throws when it is not well-formed UTF-8 and XML 1.0.
 */
export function stringsBySax(xml: Buffer): readonly string[] {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(xml);
  const characters = text.replace(/&#(x?)([\da-f]+);/gi, (_, hex, digits) =>
    String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)),
  );
  const forbidden = FORBIDDEN.exec(characters);
  if (forbidden !== null) throw new Error(`a forbidden character: ${JSON.stringify(forbidden[0])}`);
  const strings: string[] = [];
  const parser = sax.parser(true);
  let open: string | null = null;
  parser.onopentag = ({ name }) => {
    open = name === "string" ? "" : open;
  };
  parser.ontext = (piece) => {
    if (open !== null) open += piece;
  };
  parser.onclosetag = (name) => {
    if (name === "string") strings.push(open ?? "");
    open = name === "string" ? null : open;
  };
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(text).close();
  return strings;
}

const EXPAT = `
import base64
from xml.parsers import expat

def strings(xml):
    found, open = [], []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    def start(name, attributes):
        if name == "string": open.append("")
    def text(piece):
        if open: open[-1] += piece
    def end(name):
        if name == "string": found.append(open.pop())
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    parser.Parse(xml, True)
    return found

output = []
for answer in input:
    try:
        output.append(strings(base64.b64decode(answer)))
    except expat.ExpatError as error:
        output.append(str(error))
`;

/** Reads answers with Python's expat, all by one interpreter. Instead of the strings of a bad one comes what is wrong with it. */
export function stringsByExpat(answers: readonly Buffer[]): unknown {
  return runPython(
    EXPAT,
    answers.map((answer) => answer.toString("base64")),
  );
}

// biome-ignore lint/correctness/noUnresolvedImports: the default export of a CommonJS module is made by Node.
import sax from "sax";
import { hasForbiddenCharacter } from "./characters.ts";

/** An element of a request: its name, the text before its first child, and its children. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

/** The request is no well-formed XML, or larger than any client's. */
export class MalformedXml extends Error {
  override readonly name = "MalformedXml";
}

/** Deeper than any argument of any method; it bounds the recursion of whoever walks the tree. */
const MAX_DEPTH = 100;

/** Elements and attributes. A multicall about 10,000 processes has 120,000. It bounds the memory that a small body can take. */
const MAX_ELEMENTS = 250_000;

/** Characters. Between two pieces the parser looks whether a name or an attribute has got too long. */
const PIECE = 64 * 1024;

/**
 * Reads a document into a tree. There is no DOCTYPE and so no entity but the five of XML: a request needs neither, and both have been
 * used for attacks. Attributes, comments and processing instructions say nothing here.
 * @throws {MalformedXml}
 */
export function parseXml(text: string): Element {
  const tree = new TreeBuilder();
  const parser = sax.parser(true);
  // The parser's own table has a prototype, in which it would find `&constructor;`.
  parser.ENTITIES = Object.assign(Object.create(null), { amp: "&", gt: ">", lt: "<", quot: '"', apos: "'" });
  parser.onattribute = ({ name }) => {
    tree.count();
    // Attributes say nothing here, and the parser would stumble over one called hasOwnProperty that it has kept.
    delete parser.tag.attributes[name];
  };
  parser.onopentag = (tag) => tree.open(tag.name);
  parser.ontext = (chunk) => tree.append(chunk);
  parser.oncdata = (chunk) => tree.append(chunk);
  parser.onclosetag = () => tree.close();
  parser.ondoctype = () => malformed("a DOCTYPE");
  parser.onsgmldeclaration = () => malformed("a declaration");
  parser.onerror = (error) => malformed(error.message);
  for (const piece of pieces(normalizeLineEnds(text))) parser.write(piece);
  parser.close();
  return tree.root ?? malformed("no element");
}

class TreeBuilder {
  root: Element | undefined;
  readonly #open: { name: string; text: string; children: Element[] }[] = [];
  #count = 0;

  open(name: string): void {
    const parent = this.#open.at(-1);
    if (parent === undefined && this.root !== undefined) malformed("two root elements");
    if (this.#open.length === MAX_DEPTH) malformed("elements nested too deeply");
    this.count();
    const element = { name, text: "", children: [] };
    parent?.children.push(element);
    this.root ??= element;
    this.#open.push(element);
  }

  count(): void {
    if (++this.#count > MAX_ELEMENTS) malformed("too many elements");
  }

  append(text: string): void {
    const element = this.#open.at(-1);
    if (element === undefined) return;
    // Text after a child means nothing, but it has to be text.
    if (element.children.length === 0) element.text += text;
    else if (hasForbiddenCharacter(text)) malformed("a character that XML forbids");
  }

  close(): void {
    const element = this.#open.pop();
    if (element !== undefined && hasForbiddenCharacter(element.text)) malformed("a character that XML forbids");
  }
}

/** A parser hands on every line end as one line feed; this one leaves that to us. */
function normalizeLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += PIECE) yield text.slice(start, start + PIECE);
}

function malformed(what: string): never {
  throw new MalformedXml(what);
}

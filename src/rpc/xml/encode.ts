import { FAULT_CODES, type Fault, faultText } from "../../model/fault.ts";
import { textOf } from "../kept-text.ts";
import { isArray, type RpcStruct, type RpcValue } from "../value.ts";
import { escapeText } from "./escape.ts";

/**
 * Writes the answer to a call, in the very shape of Python's `xmlrpc.client.dumps`, line feeds included.
 *
 * The text is always well-formed XML 1.0, whatever a log holds: a character that XML forbids is sent as U+FFFD, and a carriage return
 * as `&#13;`, since a parser would turn a raw one into a line feed. An integer that XML-RPC cannot carry becomes the nearest that it can.
 * @returns the text in pieces of moderate size: put into one piece of memory, the megabytes about thousands of processes would cost
 * more than all the rest.
 */
export function encodeResponse(value: RpcValue): readonly string[] {
  return encodeDocument("<params>\n<param>\n", value, "</param>\n</params>\n");
}

/** Writes a fault in the same shape. */
export function encodeFault(fault: Fault): readonly string[] {
  return encodeDocument("<fault>\n", faultStruct(fault), "</fault>\n");
}

/** A fault as the struct that stands for it, alone in an answer or among the results of a multicall. */
export function faultStruct(fault: Fault): RpcStruct {
  return { faultCode: FAULT_CODES[fault.name], faultString: faultText(fault) };
}

function encodeDocument(head: string, value: RpcValue, tail: string): readonly string[] {
  const text = new Pieces();
  text.push("<?xml version='1.0'?>\n<methodResponse>\n");
  text.push(head);
  pushValue(text, value);
  text.push(tail);
  text.push("</methodResponse>\n");
  return text.take();
}

/** Writes `<value>…</value>` and a line feed. */
export function encodeValue(value: RpcValue): string {
  const text = new Pieces();
  pushValue(text, value);
  return text.take().join("");
}

function pushValue(text: Pieces, value: RpcValue): void {
  if (typeof value !== "object" || value === null) {
    text.push(`<value>${encodeScalar(value)}</value>\n`);
    return;
  }
  text.push("<value>");
  if (value instanceof Date) text.push(`<dateTime.iso8601>${encodeDate(value)}</dateTime.iso8601>`);
  else if (isArray(value)) {
    text.push("<array><data>\n");
    for (const item of value) pushValue(text, item);
    text.push("</data></array>");
  } else text.push(textOf(value, "xml", encodeStruct));
  text.push("</value>\n");
}

function encodeStruct(struct: RpcStruct): string {
  const text = new Pieces();
  text.push("<struct>\n");
  for (const name in struct) {
    text.push(`<member>\n<name>${escapeText(name)}</name>\n`);
    pushValue(text, struct[name] ?? null);
    text.push("</member>\n");
  }
  text.push("</struct>");
  return text.take().join("");
}

/** Characters from which on a piece is done. */
const PIECE = 64 * 1024;

/** A text that grows at its end. */
class Pieces {
  readonly #done: string[] = [];
  #parts: string[] = [];
  #length = 0;

  push(part: string): void {
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#length >= PIECE) this.#finish();
  }

  /** @returns all of it. */
  take(): readonly string[] {
    this.#finish();
    return this.#done;
  }

  /** Joined, a piece lies in one place, and need not be gathered when it is sent. */
  #finish(): void {
    this.#done.push(this.#parts.join(""));
    this.#parts = [];
    this.#length = 0;
  }
}

/** XML-RPC integers have 32 bits. */
const INT_MAX = 2 ** 31 - 1;
const INT_MIN = -(2 ** 31);

function encodeScalar(value: string | number | boolean | null): string {
  switch (typeof value) {
    case "string":
      return `<string>${escapeText(value)}</string>`;
    case "boolean":
      return `<boolean>${value ? 1 : 0}</boolean>`;
    case "number":
      return encodeNumber(value);
    default:
      return "<string></string>";
  }
}

function encodeNumber(value: number): string {
  if (Number.isFinite(value) && !Number.isInteger(value)) return `<double>${value}</double>`;
  return `<int>${Math.min(Math.max(value, INT_MIN), INT_MAX)}</int>`;
}

/** `20261123T00:35:30`. */
function encodeDate(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll("-", "");
}

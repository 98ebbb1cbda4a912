import type { RpcStruct, RpcValue } from "../value.ts";
import { decodePlainRequest } from "./decode-plain.ts";
import { type Element, MalformedXml, parseXml } from "./element.ts";

export interface RpcRequest {
  /** Verbatim, not trimmed; empty when the request names no method. */
  readonly method: string;
  readonly params: readonly RpcValue[];
}

/**
 * Reads a `<methodCall>`. Like supervisord it does not look at the name of the root element, and takes an element of a type that it
 * does not know as its text.
 * @param body - UTF-8, whatever its XML declaration says.
 * @throws {MalformedXml} also for a value that is not of the type it claims.
 */
export function decodeRequest(body: Uint8Array): RpcRequest {
  return decodePlainRequest(body) ?? decodeAnyRequest(body);
}

/** Reads by the parser alone. */
export function decodeAnyRequest(body: Uint8Array): RpcRequest {
  const root = parseXml(decodeUtf8(body));
  const method = root.children.findLast((child) => child.name === "methodName");
  const params = root.children.findLast((child) => child.name === "params");
  return { method: method?.text ?? "", params: params?.children.map(readParam) ?? [] };
}

type Reader = (element: Element) => RpcValue;

/** The types of XML-RPC. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["int", readInteger],
  ["i4", readInteger],
  ["boolean", (element) => element.text === "1"],
  ["string", (element) => element.text],
  ["double", readDouble],
  ["dateTime.iso8601", readDate],
  ["base64", readBase64],
  ["array", readArray],
  ["struct", readStruct],
]);

function readParam(param: Element): RpcValue {
  return readValue(firstChild(param));
}

/** A `<value>`, or a type element that stands where one should. */
function readValue(element: Element): RpcValue {
  if (element.name !== "value") return readTyped(element);
  const typed = element.children[0];
  return typed === undefined ? element.text : readTyped(typed);
}

function readTyped(element: Element): RpcValue {
  const reader = READERS.get(element.name);
  if (reader !== undefined) return reader(element);
  return element.text === "" ? null : element.text;
}

function readInteger({ text }: Element): number {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new MalformedXml(`no integer: ${text}`);
  return Number(text);
}

function readDouble({ text }: Element): number {
  // Each digit can match in one place only: with two, the time that a refusal takes would grow with the square of the length.
  if (!/^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text)) throw new MalformedXml(`no double: ${text}`);
  return Number(text);
}

/** `20261123T00:35:30`. */
function readDate({ text }: Element): Date {
  const fields = /^(\d{4})(\d\d)(\d\d)T(\d\d:\d\d:\d\d)$/.exec(text);
  if (fields === null) throw new MalformedXml(`no date: ${text}`);
  const iso = `${fields[1]}-${fields[2]}-${fields[3]}T${fields[4]}`;
  const date = new Date(`${iso}Z`);
  // A day or an hour that does not exist would roll over into the next one.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso)) throw new MalformedXml(`no date: ${text}`);
  return date;
}

/** Bytes are a string here: no method takes anything else. */
function readBase64({ text }: Element): string {
  return decodeUtf8(Buffer.from(text, "base64"));
}

function readArray(array: Element): readonly RpcValue[] {
  const data = firstChild(array);
  if (data.name !== "data") throw new MalformedXml("an array without data");
  return data.children.map(readValue);
}

function readStruct(struct: Element): RpcStruct {
  const members: Record<string, RpcValue> = Object.create(null);
  for (const member of struct.children) {
    const [name, value, ...rest] = member.children;
    if (name?.name !== "name" || value === undefined || rest.length > 0) {
      throw new MalformedXml("a member that is not a name and a value");
    }
    members[name.text] = readValue(value);
  }
  return members;
}

function firstChild(element: Element): Element {
  const child = element.children[0];
  if (child === undefined) throw new MalformedXml(`an empty ${element.name}`);
  return child;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MalformedXml("no UTF-8");
  }
}

import { FAULT_CODES, type Fault, faultText } from "../../model/fault.ts";
import { textOf } from "../kept-text.ts";
import { isArray, type RpcStruct, type RpcValue } from "../value.ts";
import { escapeText } from "./escape.ts";

/**
 * Writes the answer to a call, in the very shape of Python's `xmlrpc.client.dumps`, line feeds included.
 *
 * The text is always well-formed XML 1.0, whatever a log holds: a character that XML forbids is sent as U+FFFD, and a carriage return
 * as `&#13;`, since a parser would turn a raw one into a line feed. An integer that XML-RPC cannot carry becomes the nearest that it can.
 */
export function encodeResponse(value: RpcValue): string {
  return `${DECLARATION}<methodResponse>\n<params>\n<param>\n${encodeValue(value)}</param>\n</params>\n</methodResponse>\n`;
}

/** Writes a fault in the same shape. */
export function encodeFault(fault: Fault): string {
  return `${DECLARATION}<methodResponse>\n<fault>\n${encodeValue(faultStruct(fault))}</fault>\n</methodResponse>\n`;
}

/** A fault as the struct that stands for it, alone in an answer or among the results of a multicall. */
export function faultStruct(fault: Fault): RpcStruct {
  return { faultCode: FAULT_CODES[fault.name], faultString: faultText(fault) };
}

/** Writes `<value>…</value>` and a line feed. */
export function encodeValue(value: RpcValue): string {
  return `<value>${encodeTyped(value)}</value>\n`;
}

const DECLARATION = "<?xml version='1.0'?>\n";

/** XML-RPC integers have 32 bits. */
const INT_MAX = 2 ** 31 - 1;
const INT_MIN = -(2 ** 31);

function encodeTyped(value: RpcValue): string {
  switch (typeof value) {
    case "string":
      return `<string>${escapeText(value)}</string>`;
    case "boolean":
      return `<boolean>${value ? 1 : 0}</boolean>`;
    case "number":
      return encodeNumber(value);
    default:
      return value === null ? "<string></string>" : encodeObject(value);
  }
}

function encodeObject(value: Date | readonly RpcValue[] | RpcStruct): string {
  if (value instanceof Date) return `<dateTime.iso8601>${encodeDate(value)}</dateTime.iso8601>`;
  if (isArray(value)) return `<array><data>\n${value.map(encodeValue).join("")}</data></array>`;
  return textOf(value as RpcStruct, "xml", encodeStruct);
}

function encodeStruct(struct: RpcStruct): string {
  const members: string[] = [];
  for (const name in struct)
    members.push("<member>\n<name>", escapeText(name), "</name>\n", encodeValue(struct[name] ?? null), "</member>\n");
  // Joined, it is one piece of memory; a text that was added up of many would have to be gathered each time it is sent.
  return ["<struct>\n", ...members, "</struct>"].join("");
}

function encodeNumber(value: number): string {
  if (Number.isFinite(value) && !Number.isInteger(value)) return `<double>${value}</double>`;
  return `<int>${Math.min(Math.max(value, INT_MIN), INT_MAX)}</int>`;
}

/** `20261123T00:35:30`. */
function encodeDate(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll("-", "");
}

import { encodeValue } from "../../src/rpc/xml/encode.ts";
import { escapeText } from "../../src/rpc/xml/escape.ts";
import type { Parameter } from "./connection.ts";

/** Writes a call as XML. What XML cannot carry is sent as U+FFFD. */
export function encodeCall(method: string, parameters: readonly Parameter[]): string {
  const params = parameters.map((parameter) => `<param>${encodeValue(parameter)}</param>`).join("");
  return `<?xml version='1.0'?>\n<methodCall><methodName>${escapeText(method)}</methodName><params>${params}</params></methodCall>\n`;
}

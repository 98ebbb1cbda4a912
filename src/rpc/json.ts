import { FAULT_CODES, faultText, type Result } from "../model/fault.ts";
import type { RpcValue } from "./value.ts";
import type { RpcRequest } from "./xml/decode.ts";

/** As for XML. */
const MAX_DEPTH = 100;
const MAX_VALUES = 250_000;

/**
 * Reads a call that is written as JSON: `{"method": "supervisor.startProcess", "params": ["web"]}`. Unlike XML it can carry control
 * characters.
 * @returns `null` for what is no such call.
 */
export function decodeJsonRequest(body: Buffer): RpcRequest | null {
  const value = parse(body);
  if (typeof value !== "object" || value === null) return null;
  const { method, params = [] } = value as { method?: unknown; params?: unknown };
  if (typeof method !== "string" || !Array.isArray(params) || !isBounded(params)) return null;
  return { method, params };
}

/** Writes the answer: `{"result": …}` or `{"fault": {"code", "text"}}`. */
export function encodeJsonResult(result: Result<RpcValue>): string {
  if (result.ok) return JSON.stringify({ result: result.value });
  return JSON.stringify({ fault: { code: FAULT_CODES[result.fault.name], text: faultText(result.fault) } });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}

/** Whether whoever walks the values comes back. */
function isBounded(params: readonly unknown[]): boolean {
  let count = 0;
  const walk = (value: unknown, depth: number): boolean => {
    count += 1;
    if (count > MAX_VALUES || depth > MAX_DEPTH) return false;
    return typeof value !== "object" || value === null || Object.values(value).every((item) => walk(item, depth + 1));
  };
  return walk(params, 0);
}

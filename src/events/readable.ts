import { isUtf8 } from "node:buffer";
import { quoteBytes } from "../model/quote.ts";

/** Bytes as they may be shown as text: themselves when they are UTF-8, else Python's notation of them, as supervisord does. */
export function readable(bytes: Buffer): Buffer {
  return isUtf8(bytes) ? bytes : Buffer.from(`Undecodable: ${quoteBytes(bytes)}`);
}

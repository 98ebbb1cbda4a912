import { isAscii } from "node:buffer";
import type { EventType } from "../model/event.ts";

/** One event as one pool delivers it. Both numbers stay the same when it is delivered again. */
export interface Letter {
  readonly type: EventType;
  /** Counts the events that any pool has accepted, from 0. */
  readonly serial: number;
  /** Counts the events that this pool has accepted, from 0. */
  readonly poolSerial: number;
  readonly payload: Buffer;
}

/**
 * The bytes that a listener reads: one header line, then exactly the payload.
 *
 * `len` counts characters (code points), as Python does: listeners that read text depend on it, `childutils` among them. Those that
 * count bytes go wrong once a payload is not ASCII, here as with supervisord.
 * @param identifier - the daemon's.
 */
export function sealEnvelope(identifier: string, pool: string, { type, serial, poolSerial, payload }: Letter): Buffer {
  const header =
    `ver:3.0 server:${identifier} serial:${serial} pool:${pool} poolserial:${poolSerial} ` +
    `eventname:${type} len:${countCharacters(payload)}\n`;
  return Buffer.concat([Buffer.from(header), payload]);
}

/** @param text - valid UTF-8. */
export function countCharacters(text: Buffer): number {
  if (isAscii(text)) return text.length;
  let count = 0;
  // An index is five times as fast as `of`, and payloads may be long.
  for (let index = 0; index < text.length; index++) if (((text[index] ?? 0) & 0xc0) !== 0x80) count += 1;
  return count;
}

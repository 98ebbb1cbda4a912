/** Values of the model as configuration files write them. */

import type { LogTarget, Ownership } from "../model/config.ts";
import { type SignalNumber, signalName } from "../model/signal.ts";
import type { Millis } from "../model/time.ts";

/** `022`, `0700`. */
export function octalText(bits: number): string {
  return `0${bits.toString(8).padStart(2, "0")}`;
}

/** `TERM`; a signal without a name is its number. */
export function signalText(signal: SignalNumber): string {
  return signalName(signal)?.slice("SIG".length) ?? String(signal);
}

export function secondsOf(duration: Millis): number {
  return duration / 1000;
}

/** `1000:1000`; the group is left out where it is left alone. */
export function ownershipText({ uid, gid }: Ownership): string {
  return gid < 0 ? String(uid) : `${uid}:${gid}`;
}

/** `50MB`, where a unit says it without a remainder. */
export function bytesText(bytes: number): string {
  for (const [unit, size] of [["GB", 1024 ** 3] as const, ["MB", 1024 ** 2] as const, ["KB", 1024] as const]) {
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return String(bytes);
}

/** The path, or the word for where else the output goes. */
export function logTargetText(target: LogTarget): string {
  return target.kind === "file" ? target.path : target.kind;
}

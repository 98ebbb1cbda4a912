import type { ExitStatus } from "../model/exit-status.ts";
import type { SignalNumber } from "../model/signal.ts";

/**
 * Decodes the status of `wait`: the low seven bits are the signal, 0 for an exit, with the code in the next byte; bit 7 says that
 * there is a core.
 */
export function exitStatus(status: number): ExitStatus {
  const signal = status & 0x7f;
  if (signal === 0) return { kind: "exited", code: (status >> 8) & 0xff };
  return { kind: "signalled", signal: signal as SignalNumber, coreDumped: (status & 0x80) !== 0 };
}

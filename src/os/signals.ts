import type { SignalNumber } from "../model/signal.ts";
import { errorCode } from "./error-code.ts";

export type KillOutcome =
  | { readonly kind: "sent" }
  /** There is no such process any more. */
  | { readonly kind: "gone" }
  | { readonly kind: "failed"; readonly problem: string };

/** Sends a signal to a process, or to all of the process group that it leads. */
export function kill(pid: number, signal: SignalNumber, scope: "process" | "group"): KillOutcome {
  try {
    process.kill(scope === "group" ? -pid : pid, signal);
    return { kind: "sent" };
  } catch (error) {
    const problem = errorCode(error);
    return problem === "ESRCH" ? { kind: "gone" } : { kind: "failed", problem };
  }
}

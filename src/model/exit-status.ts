import { type SignalNumber, signalName } from "./signal.ts";

/** How a child ended, as `wait` reports it. */
export type ExitStatus =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: SignalNumber; readonly coreDumped: boolean };

/** The exit code that clients see: -1 for a death by signal. */
export function exitCode(exit: ExitStatus): number {
  return exit.kind === "exited" ? exit.code : -1;
}

/** A death by signal is never an expected exit. */
export function isExpectedExit(exit: ExitStatus, exitCodes: readonly number[]): boolean {
  return exit.kind === "exited" && exitCodes.includes(exit.code);
}

/** The words of the activity log: `exit status 1`, `terminated by SIGKILL`, `terminated by SIGSEGV (core dumped)`. */
export function describeExit(exit: ExitStatus): string {
  if (exit.kind === "exited") return `exit status ${exit.code}`;
  const name = signalName(exit.signal) ?? `signal ${exit.signal}`;
  return `terminated by ${name}${exit.coreDumped ? " (core dumped)" : ""}`;
}

import { FAULT_CODES } from "../../src/model/fault.ts";

/**
 * The exit statuses of the control client.
 * @see Linux Standard Base, Init Script Actions: the numbers of init scripts.
 */
export const EXIT = {
  success: 0,
  generic: 1,
  invalidArguments: 2,
  /** `status`: some process that was listed is stopped. */
  statusStopped: 3,
  /** The daemon has no `supervisor.*` methods. */
  interfaceMissing: 3,
  refused: 4,
  /** `status`: an unknown name, or no daemon to ask. */
  statusUnknown: 4,
  apiVersion: 5,
  /** A socket that is missing, a process that is dead. */
  notRunning: 7,
  /** `wait`: the time was up. As timeout(1) has it. */
  timedOut: 124,
  /** `wait`: Ctrl-C. As shells have it. */
  interrupted: 130,
} as const;

const DEAD_PROCESS_FAULTS: readonly number[] = [
  FAULT_CODES.SPAWN_ERROR,
  FAULT_CODES.ABNORMAL_TERMINATION,
  FAULT_CODES.NOT_RUNNING,
];

/** The exit status for the fault code of one process; 0 for success and for the code that the command shrugs off. */
export function exitStatusOfFault(code: number, ignored: number | null): number {
  if (code === FAULT_CODES.SUCCESS || code === ignored) return EXIT.success;
  return DEAD_PROCESS_FAULTS.includes(code) ? EXIT.notRunning : EXIT.generic;
}

/** The status after one more item: the last one that failed decides, a success never resets it. */
export function lastFailure(before: number, next: number): number {
  return next === EXIT.success ? before : next;
}

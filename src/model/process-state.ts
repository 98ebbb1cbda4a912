/**
 * The states of a process and their numbers on the wire.
 * @see supervisor/states.py
 */
export const PROCESS_STATE_CODES = {
  STOPPED: 0,
  STARTING: 10,
  RUNNING: 20,
  BACKOFF: 30,
  STOPPING: 40,
  EXITED: 100,
  FATAL: 200,
  UNKNOWN: 1000,
} as const;

export type ProcessState = keyof typeof PROCESS_STATE_CODES;

/** A stop is finished, a group may be removed and the daemon may leave once every process is in one of these. */
const STOPPED_STATES: ReadonlySet<ProcessState> = new Set(["STOPPED", "EXITED", "FATAL", "UNKNOWN"]);

/** A start is refused with ALREADY_STARTED, and a stop is accepted, in one of these. */
const RUNNING_STATES: ReadonlySet<ProcessState> = new Set(["RUNNING", "BACKOFF", "STARTING"]);

/** There is a child to send a signal to in one of these. */
const SIGNALLABLE_STATES: ReadonlySet<ProcessState> = new Set(["RUNNING", "STARTING", "STOPPING"]);

export function isStopped(state: ProcessState): boolean {
  return STOPPED_STATES.has(state);
}

export function isRunning(state: ProcessState): boolean {
  return RUNNING_STATES.has(state);
}

export function isSignallable(state: ProcessState): boolean {
  return SIGNALLABLE_STATES.has(state);
}

import type { ProcessState } from "../model/process-state.ts";

/**
 * The only changes of state that may happen to a process. The documentation's diagram is drawn from this table.
 * UNKNOWN is entered from wherever a signal can fail; it ends when the child is reaped after all.
 * @see supervisor/process.py, the `# X -> Y` comments
 */
export const TRANSITIONS: { readonly [From in ProcessState]: readonly ProcessState[] } = {
  STOPPED: ["STARTING"],
  STARTING: ["RUNNING", "BACKOFF", "STOPPING", "UNKNOWN"],
  RUNNING: ["EXITED", "STOPPING", "UNKNOWN"],
  BACKOFF: ["STARTING", "FATAL", "STOPPED"],
  STOPPING: ["STOPPED", "UNKNOWN"],
  EXITED: ["STARTING"],
  FATAL: ["STARTING"],
  UNKNOWN: ["STOPPED"],
};

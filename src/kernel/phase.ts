import type { Pid } from "../model/pid.ts";
import type { Millis } from "../model/time.ts";

/** Where a process is in its life, with exactly the data that this place needs. `pid` is `null` while the child is being made. */
export type Phase =
  | { readonly state: "STOPPED" }
  | { readonly state: "STARTING"; readonly pid: Pid | null; readonly since: Millis }
  | { readonly state: "RUNNING"; readonly pid: Pid }
  | { readonly state: "BACKOFF"; readonly retryAt: Millis }
  | { readonly state: "STOPPING"; readonly pid: Pid | null; readonly killAt: Millis }
  | { readonly state: "EXITED" }
  | { readonly state: "FATAL" }
  | { readonly state: "UNKNOWN"; readonly pid: Pid | null };

/** The child of a process in this phase; `null` when there is none, or none yet. */
export function childOf(phase: Phase): Pid | null {
  return "pid" in phase ? phase.pid : null;
}

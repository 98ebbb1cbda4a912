import type { GroupConfig, UserAccount } from "../model/config.ts";
import type { ExitStatus } from "../model/exit-status.ts";
import type { Fault } from "../model/fault.ts";
import type { ProcessId } from "../model/namespec.ts";
import type { Pid } from "../model/pid.ts";
import type { Target } from "../model/request.ts";
import type { RequestId } from "./effect.ts";

/** All that can happen to the supervisor. */
export type Input =
  /** The configuration was read at start: its groups become active, nothing starts yet. */
  | { readonly kind: "configure"; readonly groups: readonly GroupConfig[] }
  /** The daemon is ready: autostart begins. */
  | { readonly kind: "run" }
  | { readonly kind: "spawned"; readonly id: ProcessId; readonly pid: Pid }
  | { readonly kind: "spawn-failed"; readonly id: ProcessId; readonly problem: string }
  | { readonly kind: "exited"; readonly id: ProcessId; readonly pid: Pid; readonly exit: ExitStatus }
  /** A signal could not be sent, and not because the child is gone. */
  | { readonly kind: "signal-failed"; readonly id: ProcessId; readonly pid: Pid; readonly problem: string }
  /** The time that `nextAlarm` told has come. */
  | { readonly kind: "wake" }
  | StartInput
  | { readonly kind: "stop"; readonly request: RequestId; readonly target: Target; readonly wait: boolean }
  | { readonly kind: "add-group"; readonly group: GroupConfig }
  | { readonly kind: "remove-group"; readonly group: string }
  | UpdateInput
  /** The processes of a program run as another user from their next start on; `null` for the daemon's. */
  | { readonly kind: "set-user"; readonly program: string; readonly user: UserAccount | null }
  /** The listeners of a group have answered all that there was for them. */
  | { readonly kind: "farewell-over"; readonly group: string }
  | { readonly kind: "leave"; readonly mode: "SHUTDOWN" | "RESTARTING" };

export interface StartInput {
  readonly kind: "start";
  readonly request: RequestId;
  readonly target: Target;
  readonly wait: boolean;
  /** Processes whose command cannot be run, and why. */
  readonly refused: ReadonlyMap<ProcessId, Fault>;
}

export interface UpdateInput {
  readonly kind: "update";
  readonly request: RequestId;
  readonly groups: readonly GroupConfig[];
  /** Names of the groups to touch; `null` for all. */
  readonly only: ReadonlySet<string> | null;
}

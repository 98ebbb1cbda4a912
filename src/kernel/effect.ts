import type { GroupConfig, ProcessConfig } from "../model/config.ts";
import type { SupervisorEvent } from "../model/event.ts";
import type { LogLevel } from "../model/log-level.ts";
import type { ProcessId } from "../model/namespec.ts";
import type { Pid } from "../model/pid.ts";
import type { GroupUpdate, ProcessOutcome } from "../model/request.ts";
import type { SignalNumber } from "../model/signal.ts";

/** What the kernel wants done. Whatever it causes comes back as an input. */
export type Effect =
  | { readonly kind: "prepare"; readonly process: ProcessConfig }
  | { readonly kind: "discard"; readonly id: ProcessId }
  | { readonly kind: "spawn"; readonly process: ProcessConfig }
  | {
      readonly kind: "signal";
      readonly id: ProcessId;
      readonly pid: Pid;
      readonly signal: SignalNumber;
      readonly scope: "process" | "group";
    }
  | { readonly kind: "publish"; readonly event: SupervisorEvent }
  /** The listeners of a group are those of `config` from now on; `null` when it has none any more. */
  | { readonly kind: "pool"; readonly group: string; readonly config: GroupConfig | null }
  /** The listeners of a group are about to be stopped: asks for `farewell-over` once they have answered what there is for them. */
  | { readonly kind: "farewell"; readonly group: string }
  | { readonly kind: "log"; readonly level: LogLevel; readonly message: string }
  | { readonly kind: "settle"; readonly request: RequestId; readonly answer: Answer }
  /** Everything is at rest: the daemon may leave, or begin anew. */
  | { readonly kind: "leave"; readonly mode: "SHUTDOWN" | "RESTARTING" };

export type RequestId = number;

/** What a request came to: outcomes of processes for start and stop, groups for an update. */
export type Answer =
  | { readonly kind: "outcomes"; readonly outcomes: readonly ProcessOutcome[] }
  | { readonly kind: "updated"; readonly groups: readonly GroupUpdate[] };

export function logEffect(level: LogLevel, message: string): Effect {
  return { kind: "log", level, message };
}

import type { GroupConfig, LaunchConfig, ProcessConfig } from "../model/config.ts";
import type { SupervisorEvent } from "../model/event.ts";
import type { ExitStatus } from "../model/exit-status.ts";
import type { Result } from "../model/fault.ts";
import type { LogLevel } from "../model/log-level.ts";
import type { ProcessId } from "../model/namespec.ts";
import type { SignalNumber } from "../model/signal.ts";
import type { Instant, Millis } from "../model/time.ts";

/** The outside world as the supervisor uses it. Every call returns at once. */
export interface Ports {
  readonly clock: Clock;
  readonly children: Children;
  readonly activity: ActivityLog;
  readonly events: Events;
}

export interface Clock {
  now(): Instant;
  /** Keeps one alarm: rings once when `mono` reaches `at`, replacing the alarm set before; `null` for none. */
  setAlarm(at: Millis | null, ring: () => void): void;
}

/** Whoever listens to the supervisor. */
export interface Events {
  /** What the event refers to may be reused afterwards. */
  publish(event: SupervisorEvent): void;
  /** The listeners of a group are those of `config` from now on; `null` when it has none any more. */
  setPool(group: string, config: GroupConfig | null): void;
  /** Calls once the listeners of a group have answered all that there is for them, or no longer can; perhaps at once. */
  whenAnswered(group: string, done: () => void): void;
}

export interface ActivityLog {
  log(level: LogLevel, message: string): void;
}

/** Children of the daemon and what belongs to each process besides: its log files, FIFOs and stdin. */
export interface Children {
  /** A process became active: AUTO logs get their names and files. */
  prepare(process: ProcessConfig): void;
  /** A process is no longer active: closes what is open for it. */
  discard(id: ProcessId): void;
  /** Whether the command could be run now: NO_FILE or NOT_EXECUTABLE with supervisord's text. */
  checkCommand(launch: LaunchConfig): Result<true>;
  /** Creates the child. `problem` is the `spawnerr` text. */
  spawn(process: ProcessConfig): { readonly ok: true; readonly pid: number } | { readonly ok: false; readonly problem: string };
  /** `gone` when there is no such process any more. */
  signal(pid: number, signal: SignalNumber, scope: "process" | "group"): SignalOutcome;
  /** Tells of each child that was reaped, after its pipes were drained. One listener. */
  onExit(listener: (id: ProcessId, pid: number, exit: ExitStatus) => void): void;
}

export type SignalOutcome =
  | { readonly kind: "sent" }
  | { readonly kind: "gone" }
  | { readonly kind: "failed"; readonly problem: string };

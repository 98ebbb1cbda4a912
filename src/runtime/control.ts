import type { GroupConfig, ProcessConfig } from "../model/config.ts";
import type { ExitStatus } from "../model/exit-status.ts";
import type { Result } from "../model/fault.ts";
import type { ProcessId } from "../model/namespec.ts";
import type { ProcessState } from "../model/process-state.ts";
import type { GroupUpdate, ProcessOutcome, Target } from "../model/request.ts";
import type { SignalNumber } from "../model/signal.ts";
import type { SupervisorState } from "../model/supervisor-state.ts";
import type { EpochSeconds, Instant } from "../model/time.ts";

/** One process as clients may see it; a snapshot, which is the same object until something about the process changes. */
export interface ProcessView {
  readonly id: ProcessId;
  readonly config: ProcessConfig;
  readonly state: ProcessState;
  /** 0 when there is no child. */
  readonly pid: number;
  /** The last spawn attempt; 0 if never. */
  readonly startedAt: EpochSeconds;
  /** The last exit; 0 if never. */
  readonly stoppedAt: EpochSeconds;
  /** The last start problem, or empty. */
  readonly spawnError: string;
  /** Exit code of the last run: -1 by signal, 0 when never exited, running, or exited too quickly. */
  readonly exitCode: number;
  /** How the last child ended, whatever came of it; `expected` when it was asked for or the exit codes allow it. */
  readonly lastExit: { readonly status: ExitStatus; readonly expected: boolean } | null;
  /** How often it was started again by itself since somebody last started it. */
  readonly restarts: number;
  /** Failed starts in a row. */
  readonly tries: number;
}

export interface GroupView {
  readonly name: string;
  readonly priority: number;
  /** In config order. */
  readonly processes: readonly ProcessView[];
}

/**
 * The supervisor as its interfaces drive it. Requests are settled by what happens to the processes, never by polling.
 * Callers check `state` themselves: nothing here refuses because of a shutdown, except that nothing starts any more.
 */
export interface SupervisorControl {
  readonly state: SupervisorState;
  now(): Instant;
  /** Active groups ordered by (priority, name). */
  groups(): readonly GroupView[];
  group(name: string): GroupView | undefined;
  process(group: string, process: string): ProcessView | undefined;

  /**
   * Starts what is not up. For a process target the one outcome may be NO_FILE, NOT_EXECUTABLE, ALREADY_STARTED, FAILED,
   * SPAWN_ERROR or ABNORMAL_TERMINATION; BAD_NAME when there is no such process or group. With `wait` it settles once each is
   * RUNNING or has failed its first try. Group outcomes come immediate ones first, then in order of completion.
   */
  start(target: Target, wait: boolean): Promise<readonly ProcessOutcome[]>;
  /** Stops what is up: NOT_RUNNING, FAILED or BAD_NAME may come back. With `wait` it settles once each is at rest. */
  stop(target: Target, wait: boolean): Promise<readonly ProcessOutcome[]>;
  /** Sends a signal to the processes (never their groups) without changing their state. NOT_RUNNING, FAILED, BAD_NAME. */
  signal(target: Target, signal: SignalNumber): readonly ProcessOutcome[];

  /** Activates a group; its autostart processes start. ALREADY_ADDED. */
  addGroup(config: GroupConfig): Result<true>;
  /** BAD_NAME, or STILL_RUNNING unless every process of it is at rest. */
  removeGroup(name: string): Result<true>;
  /**
   * Makes the active groups equal to `groups`, touching only processes that differ: removed and changed ones are stopped, then
   * the new ones started; a change of policy alone is applied in place.
   * @param only - names of the groups to update; `null` for all.
   */
  update(groups: readonly GroupConfig[], only: ReadonlySet<string> | null): Promise<readonly GroupUpdate[]>;

  /** Stops everything, group after group, then leaves. */
  shutdown(): void;
  /** Stops everything, then reads the configuration anew and starts again in the same pid. */
  restart(): void;
}

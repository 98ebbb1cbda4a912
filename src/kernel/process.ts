import type { ProcessConfig } from "../model/config.ts";
import type { ExitStatus } from "../model/exit-status.ts";
import { type ProcessId, processId } from "../model/namespec.ts";
import { isStopped } from "../model/process-state.ts";
import { type EpochSeconds, epochSeconds, later, type Millis } from "../model/time.ts";
import { childOf, type Phase } from "./phase.ts";

/** All that the supervisor knows of one process. A value: each step makes a new one. */
export interface Process {
  readonly id: ProcessId;
  readonly config: ProcessConfig;
  readonly phase: Phase;
  /** Failed starts in a row. */
  readonly failures: number;
  /** The last spawn attempt; 0 if never. */
  readonly startedAt: EpochSeconds;
  /** The last exit; 0 if never. */
  readonly stoppedAt: EpochSeconds;
  /** The last start problem, in the words clients see; empty when there is none. */
  readonly spawnError: string;
  /** How the last run ended; `null` when never, while running, and after a run that was too short to count. */
  readonly exit: ExitStatus | null;
  /** How the last child ended, whatever came of it; `null` if none ever did. */
  readonly lastExit: LastExit | null;
  /** How often it was started again by itself, after an exit or a failed start, since somebody last started it. */
  readonly restarts: number;
  /** What an update wants of it once it is at rest. */
  readonly successor: Successor | null;
}

export interface LastExit {
  readonly status: ExitStatus;
  /** Whether it was asked for, or the exit codes allow it. */
  readonly expected: boolean;
}

/** After an update: gone, or running a new configuration. */
export type Successor =
  | { readonly kind: "none" }
  | { readonly kind: "replacement"; readonly config: ProcessConfig; readonly start: boolean };

/** A process as it is when its group becomes active. */
export function newProcess(config: ProcessConfig): Process {
  return {
    id: processId(config.group, config.name),
    config,
    phase: { state: "STOPPED" },
    failures: 0,
    startedAt: epochSeconds(0),
    stoppedAt: epochSeconds(0),
    spawnError: "",
    exit: null,
    lastExit: null,
    restarts: 0,
    successor: null,
  };
}

/** Whether nothing of the process is left alive: unlike `isStopped`, an UNKNOWN process with a child is not at rest. */
export function isAtRest({ phase }: Process): boolean {
  return isStopped(phase.state) && childOf(phase) === null;
}

/** When this process needs to be looked at without anything happening to it; `null` for never. */
export function dueAt(process: Process): Millis | null {
  const { phase } = process;
  switch (phase.state) {
    case "STARTING":
      return phase.pid === null ? null : later(phase.since, process.config.policy.startMillis);
    case "BACKOFF":
      return phase.retryAt;
    case "STOPPING":
      return phase.pid === null ? null : phase.killAt;
    default:
      return null;
  }
}

import type { ExitStatus } from "../../model/exit-status.ts";
import type { Pid } from "../../model/pid.ts";
import { type Instant, later, millis } from "../../model/time.ts";
import { logEffect } from "../effect.ts";
import type { Process } from "../process.ts";
import { type Change, enter, logName, sequence, unchanged, withLog } from "./change.ts";
import { stopLateChild } from "./stop.ts";

/**
 * Begins a start: the state is STARTING at once, the child is on its way.
 * @see supervisor/process.py spawn()
 */
export function begin(process: Process, now: Instant): Change {
  const fresh = { startedAt: now.wall, spawnError: "", exit: null };
  const entered = enter(process, { state: "STARTING", pid: null, since: now.mono }, fresh);
  return { process: entered.process, effects: [...entered.effects, { kind: "spawn", process: process.config }] };
}

/** Starts again what nobody has asked to start. */
export function beginAgain(process: Process, now: Instant): Change {
  return begin({ ...process, restarts: process.restarts + 1 }, now);
}

/** The child exists. It counts as started once it has lived for `startMillis`; with 0 that is now. */
export function spawned(process: Process, pid: Pid, now: Instant): Change {
  const { phase } = process;
  const born = logEffect("info", `spawned: '${logName(process)}' with pid ${pid}`);
  if (phase.state === "STOPPING" && phase.pid === null) return stopLateChild(process, pid, now, born);
  if (phase.state !== "STARTING" || phase.pid !== null) throw new Error(`${process.id} has a second child, pid ${pid}`);
  const change = { process: { ...process, phase: { ...phase, pid } }, effects: [born] };
  return process.config.policy.startMillis > 0 ? change : sequence(change, reachRunning);
}

/** No child came of it: a failed start like any other. */
export function spawnFailed(process: Process, problem: string, now: Instant): Change {
  if (process.phase.state === "STOPPING") return enter(process, { state: "STOPPED" }, { spawnError: problem, failures: 0 });
  if (process.phase.state !== "STARTING") return unchanged(process);
  return sequence(withLog(unchanged(process), "info", `spawnerr: ${problem}`), (starting) => backOff(starting, problem, now));
}

/** STARTING becomes RUNNING: the child has lived long enough. Failed starts are forgotten. */
export function reachRunning(process: Process): Change {
  if (process.phase.state !== "STARTING" || process.phase.pid === null) return unchanged(process);
  const seconds = process.config.policy.startMillis / 1000;
  const words = `success: ${logName(process)} entered RUNNING state, process has stayed up for > than ${seconds} seconds (startsecs)`;
  return withLog(enter(process, { state: "RUNNING", pid: process.phase.pid }, { failures: 0 }), "info", words);
}

/**
 * A start has failed: the next try comes one second later after each failure, until the retries are used up.
 * @see supervisor/process.py: `delay = now + backoff`, and FATAL once `backoff > startretries`
 */
export function backOff(process: Process, problem: string, now: Instant, exit: ExitStatus | null = null): Change {
  const failures = process.failures + 1;
  const retryAt = later(now.mono, millis(failures * 1000));
  const change = enter(process, { state: "BACKOFF", retryAt }, { failures, spawnError: problem, exit: null }, { exit });
  return failures > process.config.policy.startRetries ? sequence(change, giveUp) : change;
}

function giveUp(process: Process): Change {
  const words = `gave up: ${logName(process)} entered FATAL state, too many start retries too quickly`;
  return withLog(enter(process, { state: "FATAL" }, { failures: 0 }), "info", words);
}

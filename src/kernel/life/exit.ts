import { describeExit, type ExitStatus, exitCode, isExpectedExit } from "../../model/exit-status.ts";
import type { Pid } from "../../model/pid.ts";
import type { Instant } from "../../model/time.ts";
import { childOf } from "../phase.ts";
import type { Process } from "../process.ts";
import { type Change, enter, logName, sequence, unchanged, withLog } from "./change.ts";
import { backOff, reachRunning } from "./start.ts";

const TOO_QUICK = "Exited too quickly (process log may have details)";

/**
 * Decides what becomes of a process whose child was reaped. Whether it starts again is the restart policy's matter.
 *
 * A child gone before `startMillis` never counted as up, so it backs off even when its exit code was an expected one, unless the
 * process may finish early.
 * @param exit - how it ended; death by signal is never an expected exit.
 * @see supervisor/process.py finish(): the cases keep its order.
 */
export function exited(process: Process, pid: Pid, exit: ExitStatus, now: Instant): Change {
  const { phase } = process;
  if (childOf(phase) !== pid) return unchanged(process);
  const gone = { ...process, stoppedAt: now.wall, lastExit: { status: exit, expected: isExpected(process, exit) } };
  switch (phase.state) {
    case "STOPPING":
    case "UNKNOWN":
      return stopped(gone, pid, exit);
    case "RUNNING":
      return ended(gone, pid, exit);
    case "STARTING":
      if (!isTooQuick(process, phase.since, now)) return sequence(reachRunning(gone), (running) => ended(running, pid, exit));
      return hasFinished(process, exit) ? finished(gone, pid, exit) : failedToStart(gone, exit, now);
    default:
      return unchanged(process);
  }
}

/** Whether an ended process starts again by itself. A stop that was asked for never leads here: it ends in STOPPED. */
export function wantsRestart(process: Process): boolean {
  if (process.phase.state !== "EXITED" || process.exit === null) return false;
  const { autorestart, exitCodes } = process.config.policy;
  return autorestart === "always" || (autorestart === "unexpected" && !isExpectedExit(process.exit, exitCodes));
}

/** Whether nobody needs to wonder about an end: it was asked for, or is one of the expected ones. */
function isExpected({ phase, config }: Process, exit: ExitStatus): boolean {
  return phase.state === "STOPPING" || isExpectedExit(exit, config.policy.exitCodes);
}

function isTooQuick(process: Process, since: number, now: Instant): boolean {
  return now.mono - since < process.config.policy.startMillis;
}

function hasFinished(process: Process, exit: ExitStatus): boolean {
  const { earlyExit, autorestart, exitCodes } = process.config.policy;
  return earlyExit === "finish-if-expected" && autorestart !== "always" && isExpectedExit(exit, exitCodes);
}

function stopped(process: Process, pid: Pid, exit: ExitStatus): Change {
  const level = isExpectedExit(exit, process.config.policy.exitCodes) ? "info" : "warn";
  const change = enter(process, { state: "STOPPED" }, { exit, failures: 0 }, { pid, exit });
  return withLog(change, level, `stopped: ${logName(process)} (${describeExit(exit)})`);
}

/** A job that is done: it has been up, if only for a moment. */
function finished(process: Process, pid: Pid, exit: ExitStatus): Change {
  return sequence(enter(process, { state: "RUNNING", pid }), (running) => ended(running, pid, exit));
}

function failedToStart(process: Process, exit: ExitStatus, now: Instant): Change {
  const words = `exited: ${logName(process)} (${describeExit(exit)}; not expected)`;
  return sequence(withLog(unchanged(process), "warn", words), (starting) => backOff(starting, TOO_QUICK, now, exit));
}

function ended(process: Process, pid: Pid, exit: ExitStatus): Change {
  const expected = isExpectedExit(exit, process.config.policy.exitCodes);
  const spawnError = expected ? process.spawnError : `Bad exit code ${exitCode(exit)}`;
  const change = enter(process, { state: "EXITED" }, { exit, failures: 0, spawnError }, { pid, expected, exit });
  const words = `exited: ${logName(process)} (${describeExit(exit)}; ${expected ? "" : "not "}expected)`;
  return withLog(change, expected ? "info" : "warn", words);
}

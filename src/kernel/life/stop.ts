import type { Pid } from "../../model/pid.ts";
import { type SignalNumber, signalName, signalNumber } from "../../model/signal.ts";
import { type Instant, later, type Millis, millis } from "../../model/time.ts";
import { type Effect, logEffect } from "../effect.ts";
import type { Process } from "../process.ts";
import { type Change, enter, logName, sequence, unchanged, withLog } from "./change.ts";

/** SIGKILL is not repeated more often than this, so that a stop wait of 0 does not flood the log. supervisord's loop turn is as long. */
const SHORTEST_KILL_INTERVAL = millis(1000);

/** Asks a process to stop: the stop signal now, SIGKILL when the stop wait is over. A process in BACKOFF is stopped at once. */
export function stop(process: Process, now: Instant): Change {
  const { phase } = process;
  switch (phase.state) {
    case "BACKOFF":
      return withLog(
        enter(process, { state: "STOPPED" }, { failures: 0 }),
        "debug",
        `Attempted to kill ${logName(process)}, which is in BACKOFF state.`,
      );
    case "STARTING":
    case "RUNNING": {
      const { pid } = phase;
      const change = enter(process, { state: "STOPPING", pid, killAt: killTime(process, now) });
      return pid === null ? change : sequence(change, (stopping) => sendStopSignal(stopping, pid));
    }
    default:
      return unchanged(process);
  }
}

/** The stop came before the child: it is stopped as soon as it exists, with its whole stop wait. */
export function stopLateChild(process: Process, pid: Pid, now: Instant, born: Effect): Change {
  const phase = { state: "STOPPING", pid, killAt: killTime(process, now) } as const;
  return sequence({ process: { ...process, phase }, effects: [born] }, (stopping) => sendStopSignal(stopping, pid));
}

/** The stop wait is over and the child still lives: SIGKILL, and again after each further stop wait until it is reaped. */
export function kill(process: Process, now: Instant): Change {
  const { phase } = process;
  if (phase.state !== "STOPPING" || phase.pid === null) return unchanged(process);
  const again = later(now.mono, longer(process.config.policy.stopWaitMillis, SHORTEST_KILL_INTERVAL));
  const warning = logEffect("warn", `killing '${logName(process)}' (${phase.pid}) with SIGKILL`);
  return {
    process: { ...process, phase: { ...phase, killAt: again } },
    effects: [warning, ...signalEffects(process, phase.pid, signalNumber("KILL"), process.config.policy.killAsGroup)],
  };
}

/** The system refused a signal: whether the child lives is anyone's guess now. */
export function signalFailed(process: Process, pid: Pid, problem: string): Change {
  const { phase } = process;
  if (!("pid" in phase) || phase.pid !== pid || phase.state === "UNKNOWN") return unchanged(process);
  const words = `unknown problem killing ${logName(process)} (${pid}): ${problem}`;
  return withLog(enter(process, { state: "UNKNOWN", pid }, { spawnError: problem }), "critical", words);
}

/** The daemon leaves: a process that waits for its next try will not get one. */
export function abandon(process: Process): Change {
  return process.phase.state === "BACKOFF" ? enter(process, { state: "FATAL" }, { failures: 0 }) : unchanged(process);
}

function killTime(process: Process, now: Instant): Millis {
  return later(now.mono, process.config.policy.stopWaitMillis);
}

function sendStopSignal(process: Process, pid: Pid): Change {
  const { stopSignal, stopAsGroup } = process.config.policy;
  return { process, effects: signalEffects(process, pid, stopSignal, stopAsGroup) };
}

function signalEffects(process: Process, pid: Pid, signal: SignalNumber, asGroup: boolean): readonly Effect[] {
  const whole = asGroup ? "process group " : "";
  const words = `killing ${logName(process)} (pid ${pid}) ${whole}with signal ${signalName(signal) ?? signal}`;
  return [logEffect("debug", words), { kind: "signal", id: process.id, pid, signal, scope: asGroup ? "group" : "process" }];
}

function longer(left: Millis, right: Millis): Millis {
  return left > right ? left : right;
}

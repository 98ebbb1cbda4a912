import { type Fault, fail, type Result, succeed } from "../model/fault.ts";
import type { ProcessId } from "../model/namespec.ts";
import { isRunning, isStopped } from "../model/process-state.ts";
import type { ProcessOutcome, Target } from "../model/request.ts";
import { type Instant, later, millis } from "../model/time.ts";
import { commit } from "./commit.ts";
import { type Effect, logEffect, type RequestId } from "./effect.ts";
import type { Input, StartInput } from "./input.ts";
import { logName } from "./life/change.ts";
import { begin } from "./life/start.ts";
import { stop } from "./life/stop.ts";
import { targetsInOrder } from "./order.ts";
import { childOf } from "./phase.ts";
import type { Process } from "./process.ts";
import type { Supervision } from "./supervision.ts";

/** How often a waiting stop names who is late. @see supervisor/process.py stop_report() */
const STOP_REPORT_INTERVAL = millis(2000);

/**
 * Starts what a request names. Outcomes known at once come first, in start order; the others follow as they finish.
 * For a group or for all, processes that are up already take no part.
 */
export function startRequest(state: Supervision, input: StartInput, now: Instant): readonly Effect[] {
  const { request, target, wait } = input;
  const targets = targetsInOrder(state, target);
  if (targets === null) return settle(state, request, [badName(target)]);
  const chosen = target.kind === "process" ? targets : targets.filter(({ phase }) => !isRunning(phase.state));
  const outcomes: ProcessOutcome[] = [];
  const effects: Effect[] = [];
  const waiting: ProcessId[] = [];
  for (const process of chosen) {
    const result = startOutcome(state, process, input.refused.get(process.id), wait);
    if (result === null) waiting.push(process.id);
    else outcomes.push(outcome(process, result));
    if (process.phase.state === "STOPPING") effects.push(logEffect("warn", `process '${logName(process)}' already running`));
  }
  // Without waiting every outcome counts as known at once.
  const order = wait ? [] : chosen.map(({ id }) => id);
  effects.push(...state.pending.open(request, wait ? "running" : "spawned", waiting, outcomes, order));
  for (const id of waiting) effects.push(...changeOf(state, id, (process) => begin({ ...process, restarts: 0 }, now), now));
  return effects;
}

/** Stops what a request names; processes that are not up take no part, but for the only one named. */
export function stopRequest(state: Supervision, input: Extract<Input, { kind: "stop" }>, now: Instant): readonly Effect[] {
  const { request, target, wait } = input;
  const targets = targetsInOrder(state, target);
  if (targets === null) return settle(state, request, [badName(target)]);
  const up = targets.filter(({ phase }) => isRunning(phase.state));
  if (target.kind === "process" && up.length === 0) {
    return settle(
      state,
      request,
      targets.map((process) => outcome(process, fail("NOT_RUNNING"))),
    );
  }
  const known = wait ? [] : up.map((process) => outcome(process, succeed(true)));
  const opened = state.pending.open(request, "stopped", wait ? up.map(({ id }) => id) : [], known);
  const effects = [...opened, ...up.flatMap(({ id }) => changeOf(state, id, (process) => stop(process, now), now))];
  return [...effects, ...stopReport(state, request, now)];
}

/** Names the processes that a waiting stop still waits for, now and every two seconds. */
export function stopReport(state: Supervision, request: RequestId, now: Instant): readonly Effect[] {
  const late = state.pending.waitingFor(request).flatMap((id) => state.processes.get(id) ?? []);
  state.alarms.set(request, late.length > 0 ? later(now.mono, STOP_REPORT_INTERVAL) : null);
  return late.map((process) => logEffect("info", `waiting for ${logName(process)} to stop`));
}

/** Processes that a signal can be sent to, in order; the outcome of those that have none. @see supervisor/rpcinterface.py */
export function signalTargets(
  state: Supervision,
  target: Target,
): { readonly recipients: readonly Process[]; readonly outcomes: readonly ProcessOutcome[] } {
  const targets = targetsInOrder(state, target);
  if (targets === null) return { recipients: [], outcomes: [badName(target)] };
  const recipients = targets.filter(({ phase }) => childOf(phase) !== null && phase.state !== "UNKNOWN");
  if (target.kind !== "process" || recipients.length > 0) return { recipients, outcomes: [] };
  return { recipients, outcomes: targets.map((process) => outcome(process, fail("NOT_RUNNING"))) };
}

/** `null` when the process is to be started. @see supervisor/rpcinterface.py startProcess() for the order of the checks */
function startOutcome(state: Supervision, process: Process, refused: Fault | undefined, wait: boolean): Result<true> | null {
  if (refused !== undefined) return { ok: false, fault: refused };
  if (isRunning(process.phase.state)) return fail("ALREADY_STARTED");
  if (process.phase.state === "UNKNOWN") return fail("FAILED", `${process.config.name} is in an unknown process state`);
  if (state.mode !== "RUNNING") return fail("SHUTDOWN_STATE");
  if (!isStopped(process.phase.state)) return wait ? fail("ABNORMAL_TERMINATION") : succeed(true);
  return null;
}

function changeOf(
  state: Supervision,
  id: ProcessId,
  change: (process: Process) => ReturnType<typeof stop>,
  now: Instant,
): readonly Effect[] {
  const process = state.processes.get(id);
  return process === undefined ? [] : commit(state, change(process), now);
}

function settle(state: Supervision, request: RequestId, outcomes: readonly ProcessOutcome[]): readonly Effect[] {
  return state.pending.open(request, "stopped", [], outcomes);
}

function outcome(process: Process, result: Result<true>): ProcessOutcome {
  return { group: process.config.group, process: process.config.name, result };
}

function badName(target: Target): ProcessOutcome {
  const group = target.kind === "all" ? "" : target.group;
  return { group, process: target.kind === "process" ? target.process : "", result: fail("BAD_NAME") };
}

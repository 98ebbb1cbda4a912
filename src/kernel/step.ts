import type { ProcessId } from "../model/namespec.ts";
import type { Instant, Millis } from "../model/time.ts";
import { unreachable } from "../model/unreachable.ts";
import { commit } from "./commit.ts";
import { cutFarewell, depart, endFarewell, progress, report } from "./departure.ts";
import type { Effect } from "./effect.ts";
import { addGroup, bringUp, removeGroup } from "./groups.ts";
import type { Input } from "./input.ts";
import { type Change, unchanged } from "./life/change.ts";
import { exited } from "./life/exit.ts";
import { beginAgain, reachRunning, spawned, spawnFailed } from "./life/start.ts";
import { kill, signalFailed } from "./life/stop.ts";
import type { Process } from "./process.ts";
import { startRequest, stopReport, stopRequest } from "./requests.ts";
import { setUser } from "./set-user.ts";
import type { AlarmKey, Supervision } from "./supervision.ts";
import { update } from "./update.ts";

/**
 * The kernel: one input changes the state and says what is to be done. No input or output, no clock, no chance: the same inputs
 * always give the same effects. What an input costs does not grow with the number of processes that it is not about.
 * @throws Error when the input cannot happen in this state; the process it is about is then as it was before.
 */
export function step(state: Supervision, input: Input, now: Instant): readonly Effect[] {
  const effects = handle(state, input, now);
  const more = progress(state, now);
  return more.length === 0 ? effects : [...effects, ...more];
}

/** When the next `wake` is due, on the monotonic clock; `null` for never. */
export function nextAlarm(state: Supervision): Millis | null {
  return state.alarms.next();
}

function handle(state: Supervision, input: Input, now: Instant): readonly Effect[] {
  switch (input.kind) {
    case "configure":
      return input.groups.flatMap((group) => addGroup(state, group, now));
    case "run":
      return bringUp(state, now);
    case "spawned":
      return change(state, input.id, now, (process) => spawned(process, input.pid, now));
    case "spawn-failed":
      return change(state, input.id, now, (process) => spawnFailed(process, input.problem, now));
    case "exited":
      return change(state, input.id, now, (process) => exited(process, input.pid, input.exit, now));
    case "signal-failed":
      return change(state, input.id, now, (process) => signalFailed(process, input.pid, input.problem));
    case "wake":
      return state.alarms.takeDue(now.mono).flatMap((key) => ring(state, key, now));
    case "start":
      return startRequest(state, input, now);
    case "stop":
      return stopRequest(state, input, now);
    case "add-group":
      return addGroup(state, input.group, now);
    case "remove-group":
      return removeGroup(state, input.group);
    case "update":
      return update(state, input, now);
    case "set-user":
      return setUser(state, input.program, input.user);
    case "farewell-over":
      return endFarewell(state, input.group, now);
    case "leave":
      return depart(state, input.mode, now);
    default:
      return unreachable(input);
  }
}

function ring(state: Supervision, key: AlarmKey, now: Instant): readonly Effect[] {
  if (key === "departure") return report(state, now);
  if (key === "farewell") return cutFarewell(state, now);
  if (typeof key === "number") return stopReport(state, key, now);
  return change(state, key, now, (process) => overdue(state, process, now));
}

/** What a process does when its own deadline has come. */
function overdue(state: Supervision, process: Process, now: Instant): Change {
  switch (process.phase.state) {
    case "STARTING":
      return reachRunning(process);
    case "BACKOFF":
      return state.mode === "RUNNING" ? beginAgain(process, now) : unchanged(process);
    case "STOPPING":
      return kill(process, now);
    default:
      return unchanged(process);
  }
}

function change(state: Supervision, id: ProcessId, now: Instant, next: (process: Process) => Change): readonly Effect[] {
  const process = state.processes.get(id);
  if (process === undefined) return [];
  const result = next(process);
  return result.process === process && result.effects.length === 0 ? [] : commit(state, result, now);
}

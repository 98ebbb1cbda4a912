import { isStopped } from "../model/process-state.ts";
import { type Instant, later, millis } from "../model/time.ts";
import { commit } from "./commit.ts";
import { type Effect, logEffect } from "./effect.ts";
import { logName } from "./life/change.ts";
import { abandon, stop } from "./life/stop.ts";
import { byPriority, groupsInOrder } from "./order.ts";
import { isPool } from "./pool.ts";
import { membersOf, type Supervision } from "./supervision.ts";

/** How often the log names who has not stopped yet. @see supervisor/supervisord.py shutdown_report() */
const REPORT_INTERVAL = millis(3000);

/**
 * How long the stop of event listeners is put off for the sake of events that they have not answered yet. supervisord gives them a turn
 * of its loop, which is as long.
 */
const LONGEST_FAREWELL = millis(1000);

/**
 * Begins to stop everything: groups one after the other, the highest priority number first, and inside a group all at once.
 * A shutdown may overtake a restart; nothing else changes a departure that is under way.
 */
export function depart(state: Supervision, mode: "SHUTDOWN" | "RESTARTING", now: Instant): readonly Effect[] {
  if (state.departure !== null) {
    if (mode === "SHUTDOWN") state.mode = mode;
    return [];
  }
  state.mode = mode;
  state.departure = { queue: groupsInOrder(state).map(({ config }) => config.name), current: null };
  return [{ kind: "publish", event: { kind: "supervisor-state", state: "STOPPING" } }, ...report(state, now)];
}

/** Goes on to the next group whenever the present one is at rest. Runs at the end of each step. */
export function progress(state: Supervision, now: Instant): readonly Effect[] {
  const { departure, mode } = state;
  if (departure === null || (mode !== "SHUTDOWN" && mode !== "RESTARTING")) return [];
  const effects: Effect[] = [];
  while (departure.current === null || (state.groups.get(departure.current)?.busy ?? 0) === 0) {
    state.alarms.set("farewell", null);
    const next = departure.queue.pop();
    if (next === undefined) {
      state.departure = null;
      state.alarms.set("departure", null);
      return [...effects, { kind: "leave", mode }];
    }
    departure.current = next;
    effects.push(...turnTo(state, next, now));
  }
  return effects;
}

/** The listeners of a group have answered all that there was for them, or had their time: now they are stopped. */
export function endFarewell(state: Supervision, group: string, now: Instant): readonly Effect[] {
  if (state.departure?.current !== group || state.alarms.get("farewell") === null) return [];
  state.alarms.set("farewell", null);
  return stopGroup(state, group, now);
}

/** The time of the present farewell is over. */
export function cutFarewell(state: Supervision, now: Instant): readonly Effect[] {
  const current = state.departure?.current ?? null;
  return current === null ? [] : stopGroup(state, current, now);
}

/** Names every process that is not at rest, in the order in which their groups were created. */
export function report(state: Supervision, now: Instant): readonly Effect[] {
  const late = [...state.groups.values()]
    .flatMap((group) => membersOf(state, group))
    .filter(({ phase }) => !isStopped(phase.state));
  if (late.length === 0) return [];
  state.alarms.set("departure", later(now.mono, REPORT_INTERVAL));
  return [logEffect("info", `waiting for ${late.map(logName).join(", ")} to die`)];
}

/** A pool that is up hears first how the groups before it have ended. */
function turnTo(state: Supervision, name: string, now: Instant): readonly Effect[] {
  const group = state.groups.get(name);
  if (group === undefined || group.busy === 0 || !isPool(group.config)) return stopGroup(state, name, now);
  state.alarms.set("farewell", later(now.mono, LONGEST_FAREWELL));
  return [{ kind: "farewell", group: name }];
}

function stopGroup(state: Supervision, name: string, now: Instant): readonly Effect[] {
  const group = state.groups.get(name);
  if (group === undefined) return [];
  const lastFirst = byPriority(membersOf(state, group)).toReversed();
  return lastFirst.flatMap((process) => {
    const change = process.phase.state === "BACKOFF" ? abandon(process) : stop(process, now);
    return commit(state, change, now);
  });
}

import { processId } from "../model/namespec.ts";
import { isStopped } from "../model/process-state.ts";
import type { Instant } from "../model/time.ts";
import type { Effect } from "./effect.ts";
import type { Change } from "./life/change.ts";
import { wantsRestart } from "./life/exit.ts";
import { begin, beginAgain } from "./life/start.ts";
import { changePool } from "./pool.ts";
import { dueAt, isAtRest, newProcess, type Process } from "./process.ts";
import type { Supervision } from "./supervision.ts";

/**
 * Makes a change of one process part of the state, and draws the consequences: alarms, requests that waited for it, the successor
 * that an update has set, the restart policy.
 */
export function commit(state: Supervision, change: Change, now: Instant): readonly Effect[] {
  const { process } = change;
  store(state, process);
  const effects = [...change.effects, ...tellWatchers(state, change)];
  if (!isAtRest(process)) return effects;
  if (process.successor !== null) return [...effects, ...succeedProcess(state, process, now)];
  if (state.mode === "RUNNING" && wantsRestart(process)) return [...effects, ...commit(state, beginAgain(process, now), now)];
  return effects;
}

/** Adds a process at rest to the state; its group lists it already. */
export function admit(state: Supervision, process: Process): readonly Effect[] {
  state.processes.set(process.id, process);
  return [{ kind: "prepare", process: process.config }];
}

/** Lets the successor of a process at rest take over. */
export function succeedProcess(state: Supervision, process: Process, now: Instant): readonly Effect[] {
  const { successor } = process;
  if (successor === null) return [];
  const told = state.pending.succeeded(process);
  if (successor.kind === "none") return [...dismiss(state, process), ...told];
  const next = newProcess(successor.config);
  store(state, next);
  const effects: Effect[] = [
    { kind: "discard", id: process.id },
    { kind: "prepare", process: next.config },
    groupChanged(next.config.group),
    ...told,
  ];
  return successor.start && state.mode === "RUNNING" ? [...effects, ...commit(state, begin(next, now), now)] : effects;
}

/** Takes a process at rest out of the state, and its group with it when it was the last of a retiring one. */
function dismiss(state: Supervision, process: Process): readonly Effect[] {
  state.processes.delete(process.id);
  state.alarms.set(process.id, null);
  const effects: Effect[] = [{ kind: "discard", id: process.id }];
  const group = state.groups.get(process.config.group);
  if (group === undefined) return effects;
  group.members = group.members.filter((id) => id !== process.id);
  if (!group.isRetiring || group.members.length > 0) return [...effects, groupChanged(process.config.group)];
  state.groups.delete(process.config.group);
  effects.push(...changePool(group.config, null));
  return [...effects, { kind: "publish", event: { kind: "process-group", change: "REMOVED", group: process.config.group } }];
}

export function groupChanged(group: string): Effect {
  return { kind: "publish", event: { kind: "group-changed", group } };
}

function store(state: Supervision, process: Process): void {
  const before = state.processes.get(process.id);
  const group = state.groups.get(process.config.group);
  if (group !== undefined) group.busy += busyness(process) - (before === undefined ? 0 : busyness(before));
  state.processes.set(process.id, process);
  state.alarms.set(process.id, dueAt(process));
}

function busyness(process: Process): number {
  return isStopped(process.phase.state) ? 0 : 1;
}

function tellWatchers(state: Supervision, { process, effects }: Change): readonly Effect[] {
  const told: Effect[] = [];
  for (const effect of effects) {
    if (effect.kind !== "publish" || effect.event.kind !== "process-state") continue;
    if (processId(effect.event.group, effect.event.process) === process.id) {
      told.push(...state.pending.entered(process, effect.event.state));
    }
  }
  if (process.phase.state === "STARTING" && process.phase.pid !== null) told.push(...state.pending.spawned(process));
  for (const effect of told) if (effect.kind === "settle") state.alarms.set(effect.request, null);
  return told;
}

import type { GroupConfig, ProcessConfig } from "../model/config.ts";
import { structurallyEqual } from "../model/equal.ts";
import { type ProcessId, processId } from "../model/namespec.ts";
import { isRunning } from "../model/process-state.ts";
import type { GroupUpdate } from "../model/request.ts";
import type { Instant } from "../model/time.ts";
import { admit, commit, groupChanged, succeedProcess } from "./commit.ts";
import type { Effect } from "./effect.ts";
import { addGroup } from "./groups.ts";
import type { UpdateInput } from "./input.ts";
import { unchanged } from "./life/change.ts";
import { begin } from "./life/start.ts";
import { stop } from "./life/stop.ts";
import { changePool, isPool } from "./pool.ts";
import { isAtRest, newProcess, type Process, type Successor } from "./process.ts";
import { type Group, memberIds, membersOf, type Supervision } from "./supervision.ts";

/** What an update has done so far. */
interface Progress {
  readonly effects: Effect[];
  readonly updates: GroupUpdate[];
  /** Processes whose successors have not taken over yet. */
  readonly waiting: ProcessId[];
}

/**
 * Makes the active groups equal to the configured ones and touches only processes that differ: a process that is no longer
 * wanted is stopped and goes; one whose launch differs is stopped and replaced; one whose policy alone differs goes on with the
 * new policy. Every stop is asked for at once, and each successor starts as soon as its predecessor is at rest.
 */
export function update(state: Supervision, input: UpdateInput, now: Instant): readonly Effect[] {
  const progress: Progress = { effects: [], updates: [], waiting: [] };
  const isChosen = (name: string) => input.only === null || input.only.has(name);
  const wanted = new Set(input.groups.map(({ name }) => name));
  for (const group of [...state.groups.values()]) {
    if (isChosen(group.config.name) && !wanted.has(group.config.name)) retireGroup(state, group, progress, now);
  }
  for (const config of input.groups.filter(({ name }) => isChosen(name))) {
    const group = state.groups.get(config.name);
    if (group === undefined) appear(state, config, progress, now);
    else changeGroup(state, group, config, progress, now);
  }
  return [
    ...progress.effects,
    ...state.pending.openUpdate(
      input.request,
      progress.waiting.filter((id) => isAwaited(state, id)),
      progress.updates,
    ),
  ];
}

function appear(state: Supervision, config: GroupConfig, progress: Progress, now: Instant): void {
  progress.effects.push(...addGroup(state, config, now));
  progress.updates.push({ group: config.name, change: "added", stopped: 0 });
}

function retireGroup(state: Supervision, group: Group, progress: Progress, now: Instant): void {
  if (group.isRetiring) return;
  group.isRetiring = true;
  const stopped = replaceAll(state, membersOf(state, group), () => ({ kind: "none" }), progress, now);
  if (group.members.length === 0 && state.groups.delete(group.config.name)) {
    progress.effects.push(...changePool(group.config, null));
    progress.effects.push({ kind: "publish", event: { kind: "process-group", change: "REMOVED", group: group.config.name } });
  }
  progress.updates.push({ group: group.config.name, change: "removed", stopped });
}

function changeGroup(state: Supervision, group: Group, config: GroupConfig, progress: Progress, now: Instant): void {
  const wanted = new Map(config.processes.map((process) => [processId(process.group, process.name), process]));
  const members = membersOf(state, group);
  const leaving = members.filter(({ id }) => !wanted.has(id));
  const hasSameRole = isPool(group.config) === isPool(config);
  const changed = members
    .filter(({ id }) => wanted.has(id))
    .filter((process) => !hasSameRole || differs(process, wanted.get(process.id)));
  const arriving = [...wanted].filter(([id]) => !state.processes.has(id));
  const isSame = sameGroup(group.config, config) && !group.isRetiring;
  if (isSame && leaving.length + changed.length + arriving.length === 0) return;

  progress.effects.push(...changePool(group.config, config));
  group.isRetiring = false;
  group.config = config;
  group.members = [...memberIds(config), ...leaving.map(({ id }) => id)];
  let stopped = replaceAll(state, leaving, () => ({ kind: "none" }), progress, now);
  for (const process of changed) {
    const next = wanted.get(process.id);
    if (next === undefined) continue;
    if (hasSameRole && process.successor === null && structurallyEqual(process.config.launch, next.launch)) {
      progress.effects.push(...amend(state, process, next, now));
    } else {
      const start = next.policy.autostart || isRunning(process.phase.state) || startsAnyway(process.successor);
      stopped += replaceAll(state, [process], () => ({ kind: "replacement", config: next, start }), progress, now);
    }
  }
  for (const [, process] of arriving) progress.effects.push(...arrive(state, process, now));
  progress.effects.push(groupChanged(config.name));
  progress.updates.push({ group: config.name, change: "changed", stopped });
}

/** The process goes on; only the rules about its life are new. */
function amend(state: Supervision, process: Process, config: ProcessConfig, now: Instant): readonly Effect[] {
  const isNewlyWanted = config.policy.autostart && !process.config.policy.autostart;
  const amended = { ...process, config };
  const mayStart = isNewlyWanted && isAtRest(process) && canStart(state);
  return commit(state, mayStart ? begin(amended, now) : unchanged(amended), now);
}

function arrive(state: Supervision, config: ProcessConfig, now: Instant): readonly Effect[] {
  const process = newProcess(config);
  const effects = admit(state, process);
  return config.policy.autostart && canStart(state) ? [...effects, ...commit(state, begin(process, now), now)] : effects;
}

/** Sets successors, and stops what is in their way. @returns how many processes had to be stopped. */
function replaceAll(
  state: Supervision,
  processes: readonly Process[],
  successorOf: (process: Process) => Successor,
  progress: Progress,
  now: Instant,
): number {
  let stopped = 0;
  for (const process of processes) {
    const heir = { ...process, successor: successorOf(process) };
    progress.waiting.push(process.id);
    if (isAtRest(process)) {
      state.processes.set(process.id, heir);
      progress.effects.push(...succeedProcess(state, heir, now));
    } else {
      stopped += 1;
      progress.effects.push(...commit(state, stop(heir, now), now));
    }
  }
  return stopped;
}

/** Whether the process would not, when everything in progress is over, run this configuration. */
function differs(process: Process, wanted: ProcessConfig | undefined): boolean {
  if (wanted === undefined) return false;
  if (process.successor === null) return !structurallyEqual(process.config, wanted);
  return process.successor.kind === "none" || !structurallyEqual(process.successor.config, wanted);
}

function startsAnyway(successor: Successor | null): boolean {
  return successor?.kind === "replacement" && successor.start;
}

function isAwaited(state: Supervision, id: ProcessId): boolean {
  const process = state.processes.get(id);
  return process !== undefined && process.successor !== null && process.phase.state !== "UNKNOWN";
}

function sameGroup(left: GroupConfig, right: GroupConfig): boolean {
  return (
    left.priority === right.priority &&
    structurallyEqual(left.listener, right.listener) &&
    structurallyEqual(memberIds(left), memberIds(right))
  );
}

function canStart(state: Supervision): boolean {
  return state.isUp && state.mode === "RUNNING";
}

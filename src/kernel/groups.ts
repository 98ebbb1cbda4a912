import type { GroupConfig } from "../model/config.ts";
import { fail, type Result, succeed } from "../model/fault.ts";
import type { Instant } from "../model/time.ts";
import { admit, commit } from "./commit.ts";
import type { Effect } from "./effect.ts";
import { begin } from "./life/start.ts";
import { groupsInOrder } from "./order.ts";
import { changePool } from "./pool.ts";
import { newProcess } from "./process.ts";
import { type Group, memberIds, membersOf, type Supervision } from "./supervision.ts";

/** Makes a group active. Its autostart processes start at once when the daemon is up, else when it comes up. */
export function addGroup(state: Supervision, config: GroupConfig, now: Instant): readonly Effect[] {
  const group: Group = { config, members: memberIds(config), busy: 0, isRetiring: false };
  state.groups.set(config.name, group);
  const effects = [...changePool(null, config), ...config.processes.flatMap((process) => admit(state, newProcess(process)))];
  effects.push({ kind: "publish", event: { kind: "process-group", change: "ADDED", group: config.name } });
  return state.isUp ? [...effects, ...autostart(state, group, now)] : effects;
}

/** Whether `addGroup` may be asked: ALREADY_ADDED. */
export function canAddGroup(state: Supervision, name: string): Result<true> {
  return state.groups.has(name) ? fail("ALREADY_ADDED", name) : succeed(true);
}

/** Takes a group whose processes are all at rest out of the state. */
export function removeGroup(state: Supervision, name: string): readonly Effect[] {
  const group = state.groups.get(name);
  if (group === undefined || group.busy > 0) return [];
  const effects: Effect[] = [];
  for (const id of group.members) {
    state.processes.delete(id);
    state.alarms.set(id, null);
    effects.push({ kind: "discard", id });
  }
  state.groups.delete(name);
  effects.push(...changePool(group.config, null));
  effects.push({ kind: "publish", event: { kind: "process-group", change: "REMOVED", group: name } });
  return effects;
}

/** Whether `removeGroup` may be asked: BAD_NAME, STILL_RUNNING. */
export function canRemoveGroup(state: Supervision, name: string): Result<true> {
  const group = state.groups.get(name);
  if (group === undefined) return fail("BAD_NAME", name);
  return group.busy > 0 ? fail("STILL_RUNNING", name) : succeed(true);
}

/**
 * The daemon is ready: groups start by priority, and inside a group in config order.
 * @see supervisor/process.py ProcessGroupBase.transition: process priorities play no part here.
 */
export function bringUp(state: Supervision, now: Instant): readonly Effect[] {
  state.isUp = true;
  const effects: Effect[] = [{ kind: "publish", event: { kind: "supervisor-state", state: "RUNNING" } }];
  for (const group of groupsInOrder(state)) effects.push(...autostart(state, group, now));
  return effects;
}

function autostart(state: Supervision, group: Group, now: Instant): readonly Effect[] {
  if (state.mode !== "RUNNING") return [];
  const idle = membersOf(state, group).filter(({ config, startedAt }) => config.policy.autostart && startedAt === 0);
  return idle.flatMap((process) => commit(state, begin(process, now), now));
}

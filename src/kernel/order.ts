import { processId } from "../model/namespec.ts";
import type { Target } from "../model/request.ts";
import type { Process } from "./process.ts";
import { type Group, membersOf, type Supervision } from "./supervision.ts";

/** Active groups by priority, equal ones in the order of their creation. */
export function groupsInOrder(state: Supervision): readonly Group[] {
  return [...state.groups.values()].sort((left, right) => left.config.priority - right.config.priority);
}

/**
 * The processes that a request is about, in the order in which they are started, stopped and signalled: group priority, then
 * process priority, ascending; equal priorities keep config order. `null` when there is no such process or group.
 */
export function targetsInOrder(state: Supervision, target: Target): readonly Process[] | null {
  switch (target.kind) {
    case "all":
      return groupsInOrder(state).flatMap((group) => byPriority(membersOf(state, group)));
    case "group": {
      const group = state.groups.get(target.group);
      return group === undefined ? null : byPriority(membersOf(state, group));
    }
    case "process": {
      const process = findProcess(state, target.group, target.process);
      return process === undefined ? null : [process];
    }
  }
}

export function findProcess(state: Supervision, group: string, name: string): Process | undefined {
  return state.processes.get(processId(group, name));
}

/** Lowest first; equal ones keep their order. */
export function byPriority(processes: readonly Process[]): readonly Process[] {
  return [...processes].sort((left, right) => left.config.policy.priority - right.config.policy.priority);
}

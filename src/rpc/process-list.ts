import type { GroupView, ProcessView } from "../runtime/control.ts";

/** Every process in the order in which requests about all of them act: by the group's priority, then its own. */
export function inPriorityOrder(groups: readonly GroupView[]): readonly ProcessView[] {
  return groups.flatMap((group) => group.processes.toSorted((a, b) => a.config.policy.priority - b.config.policy.priority));
}

/** Every process by the name of its group, then its own, as plain strings. */
export function inNameOrder(groups: readonly GroupView[]): readonly ProcessView[] {
  return groups
    .toSorted((a, b) => compareText(a.name, b.name))
    .flatMap((group) => group.processes.toSorted((a, b) => compareText(a.config.name, b.config.name)));
}

/** Plain string order, which is the same in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

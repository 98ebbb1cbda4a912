import type { GroupConfig } from "../model/config.ts";
import type { Effect } from "./effect.ts";

/**
 * What a change of a group means for the event listeners. A group that appears hears of its own appearance, one that goes does not
 * hear that it is gone: so these effects come before those events.
 * @param before - `null` for a group that was not there.
 * @param after - `null` for a group that is not there any more.
 */
export function changePool(before: GroupConfig | null, after: GroupConfig | null): readonly Effect[] {
  if (after !== null && isPool(after)) return [{ kind: "pool", group: after.name, config: after }];
  return before !== null && isPool(before) ? [{ kind: "pool", group: before.name, config: null }] : [];
}

/** Whether the processes of a group are event listeners. */
export function isPool(group: GroupConfig): boolean {
  return group.listener !== null;
}

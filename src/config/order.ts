import type { GroupConfig, ProcessConfig } from "../model/config.ts";

/** Compares texts by code point, as every tool of the field sorts names; JavaScript's own order differs above U+FFFF. */
export function compareText(left: string, right: string): number {
  const end = Math.min(left.length, right.length);
  for (let at = 0; at < end; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a === b) continue;
    // A surrogate stands for a code point above every other UTF-16 unit.
    const aHigh = a >= 0xd800 && a <= 0xdfff;
    const bHigh = b >= 0xd800 && b <= 0xdfff;
    return aHigh === bHigh ? a - b : aHigh ? 1 : -1;
  }
  return left.length - right.length;
}

/** Orders the processes of one program: by priority, then by name as text, so `x_10` comes before `x_2`. */
export function orderProcesses(processes: readonly ProcessConfig[]): readonly ProcessConfig[] {
  return [...processes].sort((a, b) => a.policy.priority - b.policy.priority || compareText(a.name, b.name));
}

/** Keeps one process of each name, the last one, in the place of the first: a group cannot hold two of the same name. */
export function distinctProcesses(processes: readonly ProcessConfig[]): readonly ProcessConfig[] {
  return [...new Map(processes.map((process) => [process.name, process])).values()];
}

/**
 * Orders groups by (priority, name). Of groups with one name the first in that order is kept.
 * @returns the groups, and those that had to give way.
 */
export function orderGroups(groups: readonly GroupConfig[]): { groups: readonly GroupConfig[]; dropped: readonly GroupConfig[] } {
  const sorted = [...groups].sort((a, b) => a.priority - b.priority || compareText(a.name, b.name));
  const kept = new Map<string, GroupConfig>();
  const dropped: GroupConfig[] = [];
  for (const group of sorted) {
    if (kept.has(group.name)) dropped.push(group);
    else kept.set(group.name, group);
  }
  return { groups: [...kept.values()], dropped };
}

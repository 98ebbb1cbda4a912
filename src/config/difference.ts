import type { GroupConfig, ProcessConfig } from "../model/config.ts";
import { structurallyEqual } from "../model/equal.ts";

/** Names of groups: added and changed in the order of the new configuration, removed in the order of the active one. */
export interface GroupDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Compares the active groups with those of a configuration. Every difference counts: also one between an automatic log and a path,
 * and one in a FastCGI socket, which supervisord does not see.
 */
export function compareGroups(active: readonly GroupConfig[], next: readonly GroupConfig[]): GroupDifference {
  const before = new Map(active.map((group) => [group.name, group]));
  const after = new Set(next.map(({ name }) => name));
  const names = (groups: readonly GroupConfig[]) => groups.map(({ name }) => name);
  return {
    added: names(next.filter(({ name }) => !before.has(name))),
    changed: names(next.filter((group) => before.has(group.name) && !structurallyEqual(before.get(group.name), group))),
    removed: names(active.filter(({ name }) => !after.has(name))),
  };
}

/** What becomes of one process when its group changes. */
export interface ProcessDifference {
  readonly process: string;
  /** `launch` takes a new child; `policy` is applied while the child runs. */
  readonly change: "added" | "removed" | "launch" | "policy";
  /** What differs, as paths into the process: `launch.command.words`, `policy.exitCodes`. None for added and removed. */
  readonly keys: readonly string[];
}

export interface GroupChange {
  readonly group: string;
  /** What differs in the group itself: `priority`, `listener.events`. */
  readonly keys: readonly string[];
  /** Processes that differ: those of the new group in its order, then the removed ones. */
  readonly processes: readonly ProcessDifference[];
}

/** Compares two states of one group, process by process. */
export function compareGroup(active: GroupConfig, next: GroupConfig): GroupChange {
  const before = new Map(active.processes.map((process) => [process.name, process]));
  const after = new Set(next.processes.map(({ name }) => name));
  const kept = next.processes.flatMap((process) => compareProcess(before.get(process.name), process));
  const removed = active.processes.filter(({ name }) => !after.has(name));
  return {
    group: next.name,
    keys: differingKeys({ ...active, processes: null }, { ...next, processes: null }),
    processes: [...kept, ...removed.map(({ name }) => ({ process: name, change: "removed" as const, keys: [] }))],
  };
}

function compareProcess(active: ProcessConfig | undefined, next: ProcessConfig): readonly ProcessDifference[] {
  if (active === undefined) return [{ process: next.name, change: "added", keys: [] }];
  const keys = differingKeys(active, next);
  if (keys.length === 0) return [];
  const change = structurallyEqual(active.launch, next.launch) ? "policy" : "launch";
  return [{ process: next.name, change, keys }];
}

/** The paths at which two pieces of plain data differ; lists are compared as one. */
function differingKeys(left: object, right: object, path = ""): readonly string[] {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].flatMap((key) => {
    const [a, b]: [unknown, unknown] = [Reflect.get(left, key), Reflect.get(right, key)];
    if (structurallyEqual(a, b)) return [];
    return isMap(a) && isMap(b) ? differingKeys(a, b, `${path}${key}.`) : [path + key];
  });
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

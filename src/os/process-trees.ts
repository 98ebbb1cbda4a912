import { readdirSync, readFileSync } from "node:fs";
import type { TreeUsage } from "../model/tree-usage.ts";
import { libc } from "./libc.ts";

/** Linux counts times in ticks of a hundredth of a second towards programs, whatever the kernel's own clock. @see man 5 proc */
const TICKS_PER_SECOND = 100;

/**
 * Measures process trees with one pass over /proc, however many there are. To a tree belongs what runs in the session of its root, for
 * each child leads one, and every descendant, also one that made a session of its own.
 * @param roots - the pids of children; one that is gone is left out of the answer.
 */
export function measureTrees(roots: readonly number[]): ReadonlyMap<number, TreeUsage> {
  const usages = new Map<number, { cpuSeconds: number; memoryBytes: number; processes: number }>();
  if (roots.length === 0) return usages;
  const pageSize = libc.getPageSize();
  const wanted = new Set(roots);
  const everything = readProcesses();
  const rootOf = rootFinder(everything, wanted);
  for (const { pid, ticks, pages } of everything.values()) {
    const root = rootOf(pid);
    if (root === null) continue;
    const usage = usages.get(root) ?? { cpuSeconds: 0, memoryBytes: 0, processes: 0 };
    usage.cpuSeconds += ticks / TICKS_PER_SECOND;
    usage.memoryBytes += pages * pageSize;
    usage.processes += 1;
    usages.set(root, usage);
  }
  return usages;
}

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  readonly ticks: number;
  readonly pages: number;
}

function readProcesses(): ReadonlyMap<number, ProcessEntry> {
  const entries = new Map<number, ProcessEntry>();
  for (const name of readdirSync("/proc")) {
    const first = name.charCodeAt(0);
    if (first < 0x30 || first > 0x39) continue;
    const entry = readEntry(Number(name));
    if (entry !== null) entries.set(entry.pid, entry);
  }
  return entries;
}

/** `null` for a process that has gone meanwhile. */
function readEntry(pid: number): ProcessEntry | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return null;
  }
  // The second field is the name of the program in brackets, and may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3]);
  return {
    pid,
    parent: field(4),
    session: field(6),
    ticks: field(14) + field(15) + field(16) + field(17),
    pages: field(24),
  };
}

/** Finds the root of the tree that a process belongs to; each process is looked at once. */
function rootFinder(entries: ReadonlyMap<number, ProcessEntry>, wanted: ReadonlySet<number>): (pid: number) => number | null {
  const known = new Map<number, number | null>();
  const find = (pid: number): number | null => {
    const found = known.get(pid);
    if (found !== undefined) return found;
    const entry = entries.get(pid);
    // Also what ends a circle, should pids be used anew during the pass.
    known.set(pid, null);
    const root = wanted.has(pid) ? pid : entry === undefined ? null : rootOfRelative(entry);
    known.set(pid, root);
    return root;
  };
  const rootOfRelative = ({ parent, session }: ProcessEntry) => (wanted.has(session) ? session : find(parent));
  return find;
}

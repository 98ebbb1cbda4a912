import { readFileSync } from "node:fs";

/**
 * Whether every child of a process has become the program that it is to run. supervisord's children are copies of itself first, which
 * swallow the signals that reach them too early.
 */
export function areChildrenExecuted(pid: number): boolean {
  const own = nameOf(pid);
  return childrenOf(pid).every((child) => nameOf(child) !== own);
}

function childrenOf(pid: number): readonly number[] {
  return (read(`/proc/${pid}/task/${pid}/children`) ?? "").split(" ").filter(Boolean).map(Number);
}

function nameOf(pid: number): string | null {
  return read(`/proc/${pid}/comm`);
}

/** `null` when the process is gone. */
function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

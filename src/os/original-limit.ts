import { getLimit } from "./resource-limit.ts";

/** The launcher script tells the soft limit of open files that it was started with: Node raises its own before any code runs. */
export const ORIGINAL_NOFILE_VARIABLE = "TASKMASTER_NOFILE";

/** What nearly every system gives to a fresh process. */
const USUAL_SOFT_LIMIT = 1024;

/** The soft limit of open files that the daemon was started with, from the launcher's variable. */
export function originalOpenFiles(env: Readonly<Record<string, string | undefined>>): number {
  return Math.min(readLimit(env[ORIGINAL_NOFILE_VARIABLE]), getLimit("RLIMIT_NOFILE").hard);
}

/** As the shell's `ulimit -Sn` prints it. */
function readLimit(text: string | undefined): number {
  if (text === "unlimited") return Number.POSITIVE_INFINITY;
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : USUAL_SOFT_LIMIT;
}

/**
 * The soft limit of open files for children: what they would inherit from a supervisord that was started in the daemon's place.
 * Ours is no measure, and a child that inherited a million would crawl if it closes them all.
 */
export function childOpenFiles(original: number, minfds: number): number {
  return Math.min(Math.max(original, minfds), getLimit("RLIMIT_NOFILE").hard);
}

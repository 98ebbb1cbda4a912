import { closeSync, openSync } from "node:fs";
import { lastError, libc } from "./libc.ts";

const LOCK_EX = 2;
const LOCK_NB = 4;

/**
 * Takes a file or directory for this process alone, until the descriptor is closed or the process ends, however it ends.
 * @returns the descriptor that holds the lock, or `null` when somebody else has it.
 * @throws the system's error when the path cannot be opened.
 */
export function lock(path: string): number | null {
  const fd = openSync(path, "r");
  if (libc.flock(fd, LOCK_EX | LOCK_NB) === 0) return fd;
  const error = lastError();
  closeSync(fd);
  // A file system without locks is no reason to refuse.
  if (error === "EAGAIN") return null;
  return openSync(path, "r");
}

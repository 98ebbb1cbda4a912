import { closeSync, openSync, writeSync } from "node:fs";
import { errorCode } from "./error-code.ts";
import { lastError, libc } from "./libc.ts";

/** Points the process's own stdin, stdout and stderr to /dev/null. @throws when /dev/null cannot be opened. */
export function detachStandardStreams(): void {
  const fd = openSync("/dev/null", "r+");
  for (const standard of [0, 1, 2]) {
    if (libc.dup2(fd, standard) < 0) throw new Error(`cannot redirect descriptor ${standard}: ${lastError()}`);
  }
  if (fd > 2) closeSync(fd);
}

/** Leaves the session of the terminal. Does nothing in a process that leads a group, as one started by `spawn` does already. */
export function leaveSession(): void {
  libc.setsid();
}

/** @returns the error's name, or `null`. */
export function changeDirectory(path: string): string | null {
  try {
    process.chdir(path);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

const PR_SET_CHILD_SUBREAPER = 36;

/** Adopts the orphans among its descendants, as PID 1 would. @returns the error's name, or `null`. */
export function becomeSubreaper(): string | null {
  return libc.prctl(PR_SET_CHILD_SUBREAPER, "ulong", 1) === 0 ? null : lastError();
}

const O_CLOEXEC = 0o2000000;

/** A pipe by which a detached child says that it is ready; both ends are closed on exec. */
export function createReadinessPipe(): { readonly readEnd: number; readonly writeEnd: number } {
  const fds = Buffer.alloc(8);
  if (libc.pipe2(fds, O_CLOEXEC) !== 0) throw new Error(`cannot create a pipe: ${lastError()}`);
  return { readEnd: fds.readInt32LE(0), writeEnd: fds.readInt32LE(4) };
}

/**
 * Tells the waiting parent how the start went and closes the descriptor; a parent that is gone is no problem.
 * @param message - what the parent reads: empty for success.
 */
export function reportReadiness(fd: number, message: string): void {
  try {
    if (message !== "") writeSync(fd, message);
  } catch {
    // Nobody waits any more.
  }
  closeSync(fd);
}

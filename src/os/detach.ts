import { closeSync, openSync, readdirSync } from "node:fs";
import { isatty } from "node:tty";
import { errorCode } from "./error-code.ts";
import { lastError, libc } from "./libc.ts";

/**
 * Points the process's own stdin, stdout and stderr to /dev/null, and whatever else leads to a terminal: Node opens that of its streams
 * once more. A terminal that is held would not notice that its user has left. @throws when /dev/null cannot be opened.
 */
export function detachStandardStreams(): void {
  const fd = openSync("/dev/null", "r+");
  for (const open of new Set([0, 1, 2, ...openDescriptors().filter((other) => other !== fd && isatty(other))])) {
    if (libc.dup2(fd, open) < 0) throw new Error(`cannot redirect descriptor ${open}: ${lastError()}`);
  }
  if (fd > 2) closeSync(fd);
}

function openDescriptors(): readonly number[] {
  return readdirSync("/proc/self/fd").map(Number);
}

/** Enters a directory for good. @returns the error's name, or `null`. */
export function changeDirectory(path: string): string | null {
  try {
    process.chdir(path);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

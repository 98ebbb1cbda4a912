import { closeSync, openSync } from "node:fs";
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

/** Enters a directory for good. @returns the error's name, or `null`. */
export function changeDirectory(path: string): string | null {
  try {
    process.chdir(path);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

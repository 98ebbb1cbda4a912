import { rmSync, writeFileSync } from "node:fs";
import { errorCode } from "./error-code.ts";

/**
 * Writes this process's pid, replacing what is there.
 * @returns the reason when it cannot be written; the daemon runs on without it.
 */
export function writePidFile(path: string): string | null {
  try {
    writeFileSync(path, `${process.pid}\n`);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

/** Call it only for a file that was written: another daemon's must stay. */
export function removePidFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The file stays behind, as after a crash; nothing depends on it.
  }
}

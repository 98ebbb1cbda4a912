import { closeSync, constants, fchmodSync, openSync } from "node:fs";
import { systemError } from "./error-code.ts";
import { libc } from "./libc.ts";

const O_CLOEXEC = 0o2000000;

const ends = Buffer.alloc(8);

/**
 * A pipe for the stdin of a child.
 * @returns the non-blocking end of the daemon, and that of the child: it reads and writes, so the pipe never looks broken to the child
 * while the daemon is away. A child that changes its user must still be able to open it as /dev/stdin.
 * @throws the system's error.
 */
export function openStdinPipe(): { readonly writeEnd: number; readonly childEnd: number } {
  if (libc.pipe2(ends, O_CLOEXEC | constants.O_NONBLOCK) !== 0) throw systemError("pipe2", "");
  const [readEnd, writeEnd] = [ends.readInt32LE(0), ends.readInt32LE(4)];
  try {
    fchmodSync(readEnd, 0o666);
    // Opened anew it is a description of its own, which blocks.
    return { writeEnd, childEnd: openSync(`/proc/self/fd/${readEnd}`, constants.O_RDWR) };
  } catch (error) {
    closeSync(writeEnd);
    throw error;
  } finally {
    closeSync(readEnd);
  }
}

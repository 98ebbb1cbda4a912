import { constants, fstatSync, openSync } from "node:fs";
import { DescriptorWriter } from "./descriptor-writer.ts";
import { libc } from "./libc.ts";

/**
 * The descriptors that the daemon was started with, as targets of output: its stdout and stderr, and what a log path such as
 * `/dev/fd/3` means. One writer for each, so that lines of different origin never cut each other.
 */
export class InheritedOutput {
  readonly #writers = new Map<number, DescriptorWriter>();

  /** @throws the system's error (EBADF) when there is no such descriptor. */
  writer(fd: number): DescriptorWriter {
    const known = this.#writers.get(fd);
    if (known !== undefined) return known;
    const writer = new DescriptorWriter(nonBlocking(fd));
    this.#writers.set(fd, writer);
    return writer;
  }
}

const F_DUPFD_CLOEXEC = 1030;
const F_GETFL = 3;
const F_SETFL = 4;

/**
 * The same target without blocking. Pipes and terminals are opened a second time, because the flag would be shared with everybody
 * who inherited the descriptor; what cannot be opened again (a socket) has to be switched itself. The copy may be closed when it
 * breaks; the descriptor itself keeps its number.
 */
function nonBlocking(fd: number): number {
  const stats = fstatSync(fd);
  if (stats.isFile()) return fd;
  try {
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    libc.fcntl(fd, F_SETFL, "int", libc.fcntl(fd, F_GETFL, "int", 0) | constants.O_NONBLOCK);
    const copy = libc.fcntl(fd, F_DUPFD_CLOEXEC, "int", 3);
    return copy < 0 ? fd : copy;
  }
}

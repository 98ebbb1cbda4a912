import { readdirSync } from "node:fs";
import { libc } from "./libc.ts";

const F_GETFD = 1;
const F_SETFD = 2;
const FD_CLOEXEC = 1;

/**
 * Keeps the descriptors from 3 on that the daemon was started with (a shell's redirections, a parent's leaks) away from its
 * children. They stay open: a log may be `/dev/fd/3`. Node does the same, but only
 * for the first sixteen; what it opens itself is closed on exec anyway.
 */
export function keepInheritedDescriptors(): void {
  for (const name of readdirSync("/proc/self/fd")) {
    const fd = Number(name);
    if (fd < 3) continue;
    const flags = libc.fcntl(fd, F_GETFD, "int", 0);
    if (flags >= 0) libc.fcntl(fd, F_SETFD, "int", flags | FD_CLOEXEC);
  }
}

import { chmodSync, closeSync, fstatSync, lstatSync, mkdirSync, rmdirSync } from "node:fs";
import { lock } from "../os/lock.ts";

/**
 * The directory of the pipes. It is the daemon user's alone, since who can open a pipe in it can read a program's output, and one
 * daemon's alone, since two would read each other's pipes.
 */
export class RuntimeDirectory {
  readonly path: string;
  #lock: number;

  /** @throws when the directory belongs to somebody else or to a running daemon. */
  constructor(path: string) {
    this.path = path;
    this.#lock = acquire(path);
  }

  /** Makes the directory anew when somebody has cleaned it away. */
  ensure(): void {
    const stats = lstatSync(this.path, { throwIfNoEntry: false });
    if (stats?.ino === fstatSync(this.#lock).ino) return;
    closeSync(this.#lock);
    this.#lock = acquire(this.path);
  }

  /** Gives the directory up, and removes it when nothing is in it. */
  close(): void {
    try {
      rmdirSync(this.path);
    } catch {
      // Something of an earlier daemon's is in it, or it is the administrator's.
    }
    closeSync(this.#lock);
  }
}

function acquire(path: string): number {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const stats = lstatSync(path);
  if (!stats.isDirectory() || stats.uid !== process.geteuid?.()) {
    throw new Error(`cannot use runtime directory ${path}: it must be a directory of the user that runs the daemon`);
  }
  if ((stats.mode & 0o777) !== 0o700) chmodSync(path, 0o700);
  const held = lock(path);
  if (held === null) throw new Error(`cannot use runtime directory ${path}: another daemon uses it`);
  return held;
}

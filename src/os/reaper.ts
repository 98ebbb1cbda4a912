import type { ExitStatus } from "../model/exit-status.ts";
import { type Millis, millis } from "../model/time.ts";
import { libc } from "./libc.ts";
import { exitStatus } from "./wait-status.ts";

export interface Reaped {
  readonly pid: number;
  readonly exit: ExitStatus;
  readonly usage: ResourceUsage;
}

/** What a dead process and its own reaped children used in all their life. */
export interface ResourceUsage {
  readonly userMillis: Millis;
  readonly systemMillis: Millis;
  /** Largest resident set. */
  readonly maxRssBytes: number;
}

/**
 * Reaps every child of this process, also the orphans that it adopts as PID 1 or as a subreaper: whoever is told has to know its
 * own. Since this takes all there is, nothing else in the process may wait for children.
 */
export class Reaper {
  readonly #onReaped: (reaped: Reaped) => void;
  readonly #status = Buffer.alloc(4);
  readonly #usage = Buffer.alloc(256);

  constructor(onReaped: (reaped: Reaped) => void) {
    this.#onReaped = onReaped;
    process.on("SIGCHLD", this.#reap);
    // Children that died before have sent their signal already.
    this.#reap();
  }

  /** Children that die from now on stay zombies. */
  close(): void {
    process.off("SIGCHLD", this.#reap);
  }

  /** Several deaths may share one SIGCHLD. */
  readonly #reap = (): void => {
    for (;;) {
      const pid = libc.wait4(-1, this.#status, WNOHANG, this.#usage);
      if (pid <= 0) return;
      const reaped = { pid, exit: exitStatus(this.#status.readInt32LE()), usage: readUsage(this.#usage) };
      try {
        this.#onReaped(reaped);
      } catch (error) {
        // An error about one child is no reason to leave the others unreaped.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };
}

const WNOHANG = 1;

/** `struct rusage` of a 64-bit Linux: two `timeval`s, then the resident set in KiB. */
function readUsage(usage: Buffer): ResourceUsage {
  return {
    userMillis: readTimeval(usage, 0),
    systemMillis: readTimeval(usage, 16),
    maxRssBytes: usage.readUIntLE(32, LOW_BYTES) * 1024,
  };
}

function readTimeval(bytes: Buffer, offset: number): Millis {
  return millis(bytes.readUIntLE(offset, LOW_BYTES) * 1000 + bytes.readUIntLE(offset + 8, LOW_BYTES) / 1000);
}

/** The bytes of a 64-bit number that are read; nothing here needs the highest two, and a bigint would be made only to be converted. */
const LOW_BYTES = 6;

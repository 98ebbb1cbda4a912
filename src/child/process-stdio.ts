import type { ProcessConfig } from "../model/config.ts";
import type { Result } from "../model/fault.ts";
import type { Terminal } from "./terminal.ts";

/** How the children of one process are spoken to and heard, and where what they write goes, for as long as the process is active. */
export interface ProcessStdio {
  /** What the children run on; `null` for pipes. */
  readonly terminal: Terminal | null;
  /** Whether anybody may still write. */
  readonly isOpen: boolean;
  /** False when what is open cannot be shared with a new child. */
  readonly isUsable: boolean;
  /**
   * Opens logs and all that a new child needs.
   * @param socket - a listening socket that takes the place of its stdin; stays the caller's.
   * @throws the system's error.
   */
  open(process: ProcessConfig, socket: number | null): ChildEnds;
  /** The child is gone, or could not be made: takes what it wrote. */
  childEnded(): void;
  /** NOT_RUNNING without a child, NO_FILE when it has no stdin any more, FAILED when too much waits already. */
  writeStdin(bytes: Buffer): Result<true>;
  reopenLogs(): void;
  /** @returns the error's name, or `null`. */
  clearLogs(): string | null;
  /** The process is no more; output that others still write is logged to its end. */
  abandon(): void;
  close(): void;
}

/** What a child is born with. */
export interface ChildEnds {
  /** Its descriptors 0, 1 and 2; empty for a child on a terminal. */
  readonly descriptors: readonly number[];
  /** The path of its terminal, which it opens itself. */
  readonly terminal: string | null;
  /** Begins to read what the child writes, and closes the daemon's copies of what was for it. */
  close(): void;
}

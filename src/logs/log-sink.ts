import type { LogLevel } from "../model/log-level.ts";
import type { LogGrowth } from "./log-growth.ts";
import type { TimeIndex } from "./time-index.ts";

/** Where the bytes of a log go. Nothing here throws once it is open: what goes wrong is reported, once per outage. */
export interface LogSink {
  /**
   * Takes all the bytes; the caller may reuse them.
   * @returns false when the source should wait until `onReady` before it offers more.
   */
  write(bytes: Buffer): boolean;
  /** Closes the file and opens its path anew, after somebody else has renamed it. */
  reopen(): void;
  /** Deletes the file and starts it anew. @returns the error's name, or `null`. */
  clear(): string | null;
  close(): void;
}

export interface LogSinkEvents {
  /** The sink takes bytes again after a `write` that answered false. */
  onReady(): void;
  report(level: LogLevel, message: string): void;
  /** Learns when a file was written to; no other target has a past to look into. */
  readonly times?: TimeIndex;
  /** Spreads the news that a file was written to. */
  readonly growth?: LogGrowth;
}

export interface RotationLimits {
  /** Bytes from which on the file is rotated; 0 never. */
  readonly maxBytes: number;
  /** How many old files are kept. */
  readonly backups: number;
}

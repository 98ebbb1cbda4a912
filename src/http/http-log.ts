import type { LogLevel } from "../model/log-level.ts";

/** Where the server reports what an administrator may want to know. */
export interface HttpLog {
  /** Whether entries of this level are written at all. */
  isEnabled(level: LogLevel): boolean;
  log(level: LogLevel, message: string): void;
}

import type { LogLevel } from "../model/log-level.ts";

/** Where the server reports what an administrator may want to know. */
export interface HttpLog {
  log(level: LogLevel, message: string): void;
}

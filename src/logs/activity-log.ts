import { existsSync } from "node:fs";
import type { ActivityLogTarget } from "../model/config.ts";
import { fail, type Result, succeed } from "../model/fault.ts";
import { LOG_LEVELS, type LogLevel } from "../model/log-level.ts";
import type { DescriptorWriter } from "../os/descriptor-writer.ts";
import type { InheritedOutput } from "../os/inherited-output.ts";
import { SyslogWriter } from "../os/syslog-writer.ts";
import { activityLine } from "./activity-line.ts";
import type { LogSink, RotationLimits } from "./log-sink.ts";
import { openLog } from "./open-log.ts";

export interface ActivityLogOptions extends RotationLimits {
  readonly target: ActivityLogTarget;
  /** Entries below it are not written. */
  readonly level: LogLevel;
  /** Also write to stdout, as in the foreground. */
  readonly echo: boolean;
  readonly inherited: InheritedOutput;
  /** The socket of the log daemon. */
  readonly syslogPath?: string;
}

/** What may wait for a stdout that nobody reads; entries beyond it are not echoed. */
const ECHO_BYTES = 1024 * 1024;

/** Characters that may wait for the end of a turn. */
const MOST_UNWRITTEN = 16 * 1024;

/** The daemon's own log. It never waits and never throws: what the disk refuses is kept in bounds, then dropped. */
export class ActivityLog {
  /** `null` when the log is no file. */
  readonly path: string | null;
  /** What the log is when it is no file: `syslog`, or empty for none. */
  readonly description: string;
  readonly #rank: number;
  readonly #sink: LogSink | null;
  readonly #syslog: SyslogWriter | null;
  readonly #echo: DescriptorWriter | null;
  /** Lines of this turn. */
  #unwritten = "";

  /** @throws the system's error when the log file cannot be opened. */
  constructor({ target, level, echo, inherited, syslogPath, ...limits }: ActivityLogOptions) {
    this.path = target.kind === "file" ? target.path : null;
    this.description = target.kind === "syslog" ? "syslog" : "";
    this.#rank = LOG_LEVELS[level].rank;
    this.#echo = echo ? inherited.writer(1) : null;
    this.#syslog = target.kind === "syslog" ? new SyslogWriter(syslogPath) : null;
    // The log's own troubles are told wherever else anybody may look.
    const report = (problemLevel: LogLevel, message: string): void => {
      this.#writeEcho(activityLine(new Date(), problemLevel, message));
    };
    const file = { ...limits, mode: 0o666 };
    this.#sink = target.kind === "file" ? openLog({ ...file, path: target.path }, inherited, { onReady() {}, report }) : null;
  }

  /** Whether entries of this level are written: making a costly message may be spared. */
  isEnabled(level: LogLevel): boolean {
    return LOG_LEVELS[level].rank >= this.#rank;
  }

  /**
   * What is logged in one turn of the event loop is written together, at its end: a mass start says two lines about each process. What is
   * bad enough to come before a crash is written at once.
   */
  log(level: LogLevel, message: string): void {
    if (!this.isEnabled(level)) return;
    const line = activityLine(new Date(), level, message);
    if (this.#unwritten === "") queueMicrotask(this.#flush);
    this.#unwritten += line;
    if (LOG_LEVELS[level].rank >= LOG_LEVELS.error.rank || this.#unwritten.length > MOST_UNWRITTEN) this.#flush();
    if (this.#syslog === null) return;
    for (const part of message.split("\n")) this.#syslog.write(activityLine(new Date(), level, part).trimEnd());
  }

  /** Closes and opens the file, after somebody else has renamed it. */
  reopen(): void {
    this.#flush();
    this.#sink?.reopen();
  }

  /** Deletes the file and starts it anew. NO_FILE when there is none, FAILED on a system error. */
  clear(): Result<true> {
    this.#flush();
    if (this.#sink === null || this.path === null || !existsSync(this.path)) return fail("NO_FILE");
    return this.#sink.clear() === null ? succeed(true) : fail("FAILED");
  }

  close(): void {
    this.#flush();
    this.#sink?.close();
    this.#syslog?.close();
  }

  readonly #flush = (): void => {
    const text = this.#unwritten;
    if (text === "") return;
    this.#unwritten = "";
    this.#sink?.write(Buffer.from(text));
    this.#writeEcho(text);
  };

  #writeEcho(line: string): void {
    if (this.#echo === null || this.#echo.queuedBytes > ECHO_BYTES) return;
    this.#echo.write(Buffer.from(line));
  }
}

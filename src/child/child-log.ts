import { isUtf8 } from "node:buffer";
import type { LogSink } from "../logs/log-sink.ts";
import type { AnsiStripper } from "../logs/strip-ansi.ts";
import type { SyslogLines } from "../logs/syslog-lines.ts";
import type { ProcessConfig, StreamConfig } from "../model/config.ts";
import type { LogLevel } from "../model/log-level.ts";
import { quoteBytes } from "./quote.ts";

export type Channel = "stdout" | "stderr";

/** Takes parts out of a stream before anything is logged, as the capture of PROCESS_COMMUNICATION does. */
export interface OutputFilter {
  /** What remains for the log; may share memory with `bytes`, which are valid during the call only. */
  take(bytes: Buffer): Buffer;
  /** What was held back and turned out to be ordinary. */
  end(): Buffer;
}

/** What a stream's bytes pass through on their way; every step but the activity log may be missing. */
export interface ChildLogParts {
  readonly process: ProcessConfig;
  readonly channel: Channel;
  readonly filter: OutputFilter | null;
  readonly stripper: AnsiStripper | null;
  readonly sink: LogSink | null;
  readonly syslog: SyslogLines | null;
  readonly activity: DebugLog;
  /** Hears of all output once it is logged. The bytes are valid during the call only. */
  readonly onOutput: ((bytes: Buffer) => void) | null;
}

/** The activity log, as far as the debugging of output needs it. */
export interface DebugLog {
  isEnabled(level: LogLevel): boolean;
  log(level: LogLevel, message: string): void;
}

/** The log of one stream, from the first byte of a child to the last byte of whoever holds its pipe. */
export class ChildLog {
  readonly #parts: ChildLogParts;

  constructor(parts: ChildLogParts) {
    this.#parts = parts;
  }

  /** What the log was opened for. */
  get config(): StreamConfig {
    const { process, channel } = this.#parts;
    return process.launch[channel];
  }

  /** @returns false when the source should wait until the sink is ready. */
  write(bytes: Buffer): boolean {
    return this.#strip(this.#parts.filter?.take(bytes) ?? bytes);
  }

  reopen(): void {
    this.#parts.sink?.reopen();
  }

  /** @returns the error's name, or `null`. */
  clear(): string | null {
    return this.#parts.sink?.clear() ?? null;
  }

  /** Writes what is held back on the way, then closes. */
  close(): void {
    const { filter, stripper, syslog, sink } = this.#parts;
    if (filter !== null) this.#strip(filter.end());
    if (stripper !== null) this.#record(stripper.end());
    syslog?.end();
    sink?.close();
  }

  #strip(bytes: Buffer): boolean {
    return this.#record(this.#parts.stripper?.take(bytes) ?? bytes);
  }

  #record(bytes: Buffer): boolean {
    if (bytes.length === 0) return true;
    const { sink, syslog, onOutput } = this.#parts;
    const ready = sink?.write(bytes) ?? true;
    syslog?.write(bytes);
    this.#debug(bytes);
    onOutput?.(bytes);
    return ready;
  }

  #debug(bytes: Buffer): void {
    const { process, channel, activity } = this.#parts;
    if (!activity.isEnabled("debug")) return;
    const text = isUtf8(bytes) ? bytes.toString() : `Undecodable: ${quoteBytes(bytes)}`;
    activity.log("debug", `'${process.name}' ${channel} output:\n${text}`);
  }
}

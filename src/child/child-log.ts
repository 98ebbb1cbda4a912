import { isUtf8 } from "node:buffer";
import type { LogSink } from "../logs/log-sink.ts";
import type { AnsiStripper } from "../logs/strip-ansi.ts";
import type { SyslogLines } from "../logs/syslog-lines.ts";
import type { ProcessConfig, StreamConfig } from "../model/config.ts";
import type { LogLevel } from "../model/log-level.ts";
import { quoteBytes } from "../model/quote.ts";

export type Channel = "stdout" | "stderr";

/** Hears of bytes, which are valid during the call only. */
export type OutputListener = (bytes: Buffer) => void;

/** Tells the text of a stream from what is meant for others, as the capture of PROCESS_COMMUNICATION does. */
export interface OutputFilter {
  /** Gives out the stream in pieces and in order; only text is logged. The pieces may share memory with `bytes`. */
  take(bytes: Buffer, give: (piece: Buffer, isText: boolean) => void): void;
  /** The writer is gone: gives out what was held back, and begins anew. */
  end(give: (piece: Buffer, isText: boolean) => void): void;
}

/** What a stream's bytes pass through on their way; every step but the activity log may be missing. */
export interface ChildLogParts {
  readonly process: ProcessConfig;
  readonly channel: Channel;
  /** Set for a stream that is a talk with the daemon and no text. Hears all of it, once it is logged. */
  readonly tap: OutputListener | null;
  readonly stripper: AnsiStripper | null;
  readonly filter: OutputFilter | null;
  readonly sink: LogSink | null;
  readonly syslog: SyslogLines | null;
  readonly activity: DebugLog;
  /** Hears of all pieces, once they are logged. */
  readonly observer: OutputListener | null;
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
    const ready = this.#filter(this.#parts.stripper?.take(bytes) ?? bytes);
    this.#parts.tap?.(bytes);
    return ready;
  }

  /** The child is gone, and all that it wrote is here: what is held back on the way will not be completed. */
  childEnded(): void {
    const { stripper, filter } = this.#parts;
    if (stripper !== null) this.#filter(stripper.end());
    filter?.end(this.#record);
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
    this.childEnded();
    this.#parts.syslog?.end();
    this.#parts.sink?.close();
  }

  #filter(bytes: Buffer): boolean {
    const { filter } = this.#parts;
    if (filter === null) return this.#record(bytes, true);
    let ready = true;
    filter.take(bytes, (piece, isText) => {
      ready = this.#record(piece, isText) && ready;
    });
    return ready;
  }

  readonly #record = (bytes: Buffer, isText: boolean): boolean => {
    if (bytes.length === 0) return true;
    const { sink, syslog, observer } = this.#parts;
    const ready = !isText || (sink?.write(bytes) ?? true);
    if (isText) syslog?.write(bytes);
    this.#debug(bytes);
    observer?.(bytes);
    return ready;
  };

  #debug(bytes: Buffer): void {
    const { process, channel, activity, tap } = this.#parts;
    if (!activity.isEnabled("debug")) return;
    const text = tap === null ? readable(bytes) : quoteBytes(bytes);
    activity.log("debug", `'${process.name}' ${channel} output:\n${text}`);
  }
}

function readable(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString() : `Undecodable: ${quoteBytes(bytes)}`;
}

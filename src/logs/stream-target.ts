import { constants, openSync } from "node:fs";
import { DescriptorWriter } from "../os/descriptor-writer.ts";
import type { LogSink, LogSinkEvents } from "./log-sink.ts";

/**
 * A log target that is no regular file: a terminal, a pipe, the daemon's own stdout. It is never rotated or deleted; while nobody
 * takes what was written, the source waits.
 */
export class StreamTarget implements LogSink {
  readonly #name: string;
  readonly #writer: DescriptorWriter;
  readonly #events: LogSinkEvents;
  readonly #close: () => void;
  #problem: string | null = null;
  #waiting = false;
  #closed = false;

  /**
   * @param name - for messages.
   * @param close - called when the sink is closed and all is written; the owner of a shared descriptor keeps it.
   */
  constructor(name: string, writer: DescriptorWriter, events: LogSinkEvents, close: () => void = () => {}) {
    this.#name = name;
    this.#writer = writer;
    this.#events = events;
    this.#close = close;
  }

  write(bytes: Buffer): boolean {
    const outcome = this.#writer.write(bytes);
    this.#note(outcome.kind === "failed" ? outcome.error : null);
    if (outcome.kind === "queued") this.#wait();
    return outcome.kind !== "queued";
  }

  reopen(): void {}

  clear(): null {
    return null;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (!this.#waiting) this.#close();
  }

  #wait(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#writer.whenIdle(() => {
      this.#waiting = false;
      if (this.#closed) this.#close();
      else this.#events.onReady();
    });
  }

  #note(problem: string | null): void {
    if (problem !== null && problem !== this.#problem) {
      this.#events.report("warn", `cannot write log file ${this.#name}: ${problem}`);
    }
    this.#problem = problem;
  }
}

/**
 * Opens a device or a named pipe as a log target. A pipe need not have a reader yet: it is opened for both, so that opening never
 * waits.
 * @throws the system's error.
 */
export function openStreamTarget(path: string, isFifo: boolean, events: LogSinkEvents): StreamTarget {
  const access = isFifo ? constants.O_RDWR : constants.O_WRONLY | constants.O_APPEND;
  const writer = new DescriptorWriter(openSync(path, access | constants.O_NONBLOCK | constants.O_NOCTTY));
  return new StreamTarget(path, writer, events, () => writer.close());
}

import type { DescriptorWriter } from "../os/descriptor-writer.ts";
import type { LogSink, LogSinkEvents } from "./log-sink.ts";
import { StreamTarget } from "./stream-target.ts";
import { WholeLines } from "./whole-lines.ts";

/** The daemon's own stdout or stderr as the log of one stream among others: line by line. */
export class LineTarget implements LogSink {
  readonly #target: StreamTarget;
  readonly #lines = new WholeLines();

  constructor(name: string, writer: DescriptorWriter, events: LogSinkEvents) {
    this.#target = new StreamTarget(name, writer, events);
  }

  write(bytes: Buffer): boolean {
    const lines = this.#lines.take(bytes);
    return lines.length === 0 || this.#target.write(lines);
  }

  reopen(): void {}

  clear(): null {
    return null;
  }

  close(): void {
    const rest = this.#lines.end();
    if (rest.length > 0) this.#target.write(rest);
    this.#target.close();
  }
}

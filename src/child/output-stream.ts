import { closeSync, existsSync, rmSync } from "node:fs";
import type { LogSinkEvents } from "../logs/log-sink.ts";
import type { StreamConfig } from "../model/config.ts";
import { structurallyEqual } from "../model/equal.ts";
import { ensureFifo, openChildEnd, openReadEnd } from "../os/fifo.ts";
import type { ChildLog } from "./child-log.ts";
import { PipeReader } from "./pipe-reader.ts";

/**
 * One output channel of one process, over the lives of its children. Pipe and log stay open as long as anybody writes: a grandchild
 * may hold the pipe after its parent is gone, and even share it with the next child.
 */
export class OutputStream {
  readonly #fifo: string;
  #reader: PipeReader | null = null;
  #log: ChildLog | null = null;

  constructor(fifo: string) {
    this.#fifo = fifo;
  }

  /** Whether anybody may still write. */
  get isOpen(): boolean {
    return this.#reader !== null;
  }

  /** False when the pipe is open but its name is gone. */
  get hasPipe(): boolean {
    return this.#reader === null || existsSync(this.#fifo);
  }

  /**
   * Opens what a new child needs. What it writes is read from `startReading` on.
   * @param openLog - opens the log that `config` describes; its sink reports to the events it is given.
   * @returns the child's end of the pipe, for the caller to close.
   * @throws the system's error; nothing new stays open then.
   */
  open(config: StreamConfig, openLog: (events: Pick<LogSinkEvents, "onReady">) => ChildLog): number {
    if (this.#log !== null && !structurallyEqual(this.#log.config, config)) this.#closeLog();
    this.#log ??= openLog({ onReady: () => this.#reader?.resume() });
    let childEnd: number | null = null;
    try {
      ensureFifo(this.#fifo);
      childEnd = openChildEnd(this.#fifo);
      this.#reader ??= this.#newReader();
      return childEnd;
    } catch (error) {
      if (childEnd !== null) closeSync(childEnd);
      if (this.#reader === null) this.#closeLog();
      throw error;
    }
  }

  /** To be called once the child is there, or could not be made: it need not wait until all is ready to hear it. */
  startReading(): void {
    this.#reader?.start();
  }

  /** The child is gone: what it wrote is taken now, unless the log cannot take it. */
  childEnded(): void {
    if (this.#reader?.drain()) this.#log?.childEnded();
  }

  reopenLog(): void {
    this.#log?.reopen();
  }

  /** @returns the error's name, or `null`. */
  clearLog(): string | null {
    return this.#log?.clear() ?? null;
  }

  /** The process is no more. Whoever still holds the pipe is read to its end, but a new process will not share it. */
  abandon(): void {
    rmSync(this.#fifo, { force: true });
  }

  close(): void {
    this.#reader?.close();
    this.#reader = null;
    this.#closeLog();
    this.abandon();
  }

  #newReader(): PipeReader {
    return new PipeReader(openReadEnd(this.#fifo), "pipe", {
      onData: (bytes) => this.#log?.write(bytes) ?? true,
      onEnd: () => {
        this.#reader = null;
        this.#closeLog();
      },
    });
  }

  #closeLog(): void {
    this.#log?.close();
    this.#log = null;
  }
}

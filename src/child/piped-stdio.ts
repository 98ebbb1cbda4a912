import { closeSync } from "node:fs";
import type { ProcessConfig } from "../model/config.ts";
import { fail, type Result } from "../model/fault.ts";
import type { ProcessId } from "../model/namespec.ts";
import type { Channel } from "./child-log.ts";
import { fifoPath } from "./fifo-path.ts";
import type { LogOpener } from "./log-opener.ts";
import { OutputStream } from "./output-stream.ts";
import type { ChildEnds, ProcessStdio } from "./process-stdio.ts";
import { StdinPipe } from "./stdin-pipe.ts";

/** A process with a pipe for each of its channels. */
export class PipedStdio implements ProcessStdio {
  readonly terminal = null;
  readonly #logs: LogOpener;
  readonly #stdin: StdinPipe;
  readonly #stdout: OutputStream;
  readonly #stderr: OutputStream;
  /** The present child has a listening socket in place of its stdin. */
  #hasSocket = false;

  constructor(id: ProcessId, folder: string, logs: LogOpener) {
    this.#logs = logs;
    this.#stdin = new StdinPipe();
    this.#stdout = new OutputStream(fifoPath(folder, id, "stdout"));
    this.#stderr = new OutputStream(fifoPath(folder, id, "stderr"));
  }

  get isOpen(): boolean {
    return this.#stdout.isOpen || this.#stderr.isOpen;
  }

  /** Whether the pipes that are open still have their names. */
  get isUsable(): boolean {
    return this.#stdout.hasPipe && this.#stderr.hasPipe;
  }

  open(process: ProcessConfig, socket: number | null): ChildEnds {
    const ends: number[] = [];
    this.#hasSocket = socket !== null;
    try {
      ends.push(socket ?? this.#stdin.open());
      ends.push(this.#openOutput(process, "stdout"));
      ends.push(process.launch.redirectStderr ? Number(ends[1]) : this.#openOutput(process, "stderr"));
      return { descriptors: ends, terminal: null, close: () => this.#handedOver(ends, socket) };
    } catch (error) {
      this.#handedOver(ends, socket);
      this.#stdin.childEnded();
      throw error;
    }
  }

  childEnded(): void {
    this.#stdin.childEnded();
    this.#stdout.childEnded();
    this.#stderr.childEnded();
  }

  writeStdin(bytes: Buffer): Result<true> {
    if (this.#hasSocket) return fail("NO_FILE");
    return this.#stdin.write(bytes);
  }

  reopenLogs(): void {
    this.#stdout.reopenLog();
    this.#stderr.reopenLog();
  }

  clearLogs(): string | null {
    const problems = [this.#stdout.clearLog(), this.#stderr.clearLog()];
    return problems.find((problem) => problem !== null) ?? null;
  }

  abandon(): void {
    this.#stdin.childEnded();
    this.#stdout.abandon();
    this.#stderr.abandon();
  }

  close(): void {
    this.abandon();
    this.#stdout.close();
    this.#stderr.close();
  }

  #handedOver(ends: readonly number[], socket: number | null): void {
    // A reader that starts while nobody has the other end open would see the end at once.
    this.#stdout.startReading();
    this.#stderr.startReading();
    closeEnds(ends, socket);
  }

  #openOutput(process: ProcessConfig, channel: Channel): number {
    const stream = channel === "stdout" ? this.#stdout : this.#stderr;
    return stream.open(process.launch[channel], (events) => this.#logs.open(process, channel, events));
  }
}

/** Closes the ends that were for the child, but not its socket; two of them may be the same. */
function closeEnds(ends: readonly number[], socket: number | null): void {
  for (const fd of new Set(ends)) if (fd !== socket) closeSync(fd);
}

import { closeSync } from "node:fs";
import { LineEnds } from "../logs/line-ends.ts";
import type { ProcessConfig } from "../model/config.ts";
import { structurallyEqual } from "../model/equal.ts";
import { fail, type Result } from "../model/fault.ts";
import { duplicate, openPseudoTerminal, type PseudoTerminal, setTerminalSize } from "../os/pseudo-terminal.ts";
import { ChildInput } from "./child-input.ts";
import type { ChildLog } from "./child-log.ts";
import type { LogOpener } from "./log-opener.ts";
import { PipeReader } from "./pipe-reader.ts";
import type { ChildEnds, ProcessStdio } from "./process-stdio.ts";
import { Terminal } from "./terminal.ts";

/**
 * All three channels of a process that runs on a terminal. Each child gets a terminal of its own; a grandchild that still holds the
 * last one loses it then, as it would when a window is closed.
 */
export class TerminalStdio implements ProcessStdio {
  readonly terminal = new Terminal();
  readonly isUsable = true;
  readonly #logs: LogOpener;
  readonly #lineEnds = new LineEnds();
  #reader: PipeReader | null = null;
  #input: ChildInput | null = null;
  #log: ChildLog | null = null;

  constructor(logs: LogOpener) {
    this.#logs = logs;
  }

  get isOpen(): boolean {
    return this.#reader !== null;
  }

  open(process: ProcessConfig): ChildEnds {
    const { stdout: config, user } = process.launch;
    this.#hangUp();
    if (this.#log !== null && !structurallyEqual(this.#log.config, config)) this.#closeLog();
    this.#log ??= this.#logs.open(process, "stdout", { onReady: () => this.#reader?.resume() });
    let opened: PseudoTerminal | null = null;
    try {
      opened = openPseudoTerminal(user?.uid ?? null, this.terminal.size);
      const { master, slave, path } = opened;
      this.#connect(master);
      return { descriptors: [], terminal: path, close: () => closeSync(slave) };
    } catch (error) {
      if (opened !== null) for (const fd of [opened.slave, opened.master]) closeSync(fd);
      this.#closeLog();
      throw error;
    }
  }

  childEnded(): void {
    if (this.#reader?.drain()) this.#endLines();
    this.#closeInput();
    this.terminal.childEnded();
  }

  writeStdin(bytes: Buffer): Result<true> {
    return this.#input?.write(bytes) ?? fail("NOT_RUNNING");
  }

  reopenLogs(): void {
    this.#log?.reopen();
  }

  clearLogs(): string | null {
    return this.#log?.clear() ?? null;
  }

  abandon(): void {
    this.#closeInput();
    this.terminal.close();
  }

  close(): void {
    this.abandon();
    this.#hangUp();
    this.#closeLog();
  }

  /** @param master - the stream's from now on, unless this throws. */
  #connect(master: number): void {
    // Reading and writing end at different times, and whoever ends first closes its descriptor.
    const writeEnd = duplicate(master);
    const input = new ChildInput(writeEnd);
    this.#input = input;
    try {
      const reader = new PipeReader(master, "terminal", {
        onData: (bytes) => this.#take(bytes),
        onEnd: () => {
          this.#reader = null;
          this.#closeLog();
        },
      });
      reader.start();
      this.#reader = reader;
    } catch (error) {
      this.#closeInput();
      throw error;
    }
    this.terminal.connect({ write: (bytes) => input.write(bytes), resize: (size) => setTerminalSize(writeEnd, size) });
  }

  /** The number of its descriptor may be somebody else's afterwards: nobody may use it any more. */
  #closeInput(): void {
    this.terminal.disconnect();
    this.#input?.close();
    this.#input = null;
  }

  #take(bytes: Buffer): boolean {
    this.terminal.show(bytes);
    const text = this.#lineEnds.take(bytes);
    return text.length === 0 || (this.#log?.write(text) ?? true);
  }

  /** A program that others still hold the terminal of is read no further. */
  #hangUp(): void {
    this.#closeInput();
    this.#reader?.close();
    this.#reader = null;
  }

  #endLines(): void {
    const rest = this.#lineEnds.end();
    if (rest.length > 0) this.#log?.write(rest);
    this.#log?.childEnded();
  }

  #closeLog(): void {
    this.#endLines();
    this.#log?.close();
    this.#log = null;
  }
}

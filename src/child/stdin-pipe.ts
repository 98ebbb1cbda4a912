import { closeSync, rmSync } from "node:fs";
import { fail, type Result } from "../model/fault.ts";
import { openChildEnd, openWriteEnd, renewFifo } from "../os/fifo.ts";
import { ChildInput } from "./child-input.ts";

/** The stdin of one process: a fresh pipe for every child, since an old one may still hold words for the last. */
export class StdinPipe {
  readonly #fifo: string;
  #input: ChildInput | null = null;

  constructor(fifo: string) {
    this.#fifo = fifo;
  }

  /** @returns the child's end of the pipe, for the caller to close. @throws the system's error. */
  open(): number {
    this.childEnded();
    renewFifo(this.#fifo);
    const childEnd = openChildEnd(this.#fifo);
    try {
      this.#input = new ChildInput(openWriteEnd(this.#fifo));
      return childEnd;
    } catch (error) {
      closeSync(childEnd);
      throw error;
    }
  }

  /** NOT_RUNNING without a child, NO_FILE when it has closed its stdin, FAILED when too much waits already. */
  write(bytes: Buffer): Result<true> {
    return this.#input?.write(bytes) ?? fail("NOT_RUNNING");
  }

  childEnded(): void {
    this.#input?.close();
    this.#input = null;
  }

  abandon(): void {
    rmSync(this.#fifo, { force: true });
  }
}

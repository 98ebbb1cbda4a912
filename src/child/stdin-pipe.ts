import { closeSync, rmSync } from "node:fs";
import { fail, type Result, succeed } from "../model/fault.ts";
import { DescriptorWriter } from "../os/descriptor-writer.ts";
import { openChildEnd, openWriteEnd, renewFifo } from "../os/fifo.ts";

/** What may wait for a child that does not read before more is refused; supervisord has no bound. */
const LONGEST_QUEUE_BYTES = 1024 * 1024;

/** The stdin of one process: a fresh pipe for every child, since an old one may still hold words for the last. */
export class StdinPipe {
  readonly #fifo: string;
  #writer: DescriptorWriter | null = null;
  #broken = false;

  constructor(fifo: string) {
    this.#fifo = fifo;
  }

  /** @returns the child's end of the pipe, for the caller to close. @throws the system's error. */
  open(): number {
    this.childEnded();
    renewFifo(this.#fifo);
    const childEnd = openChildEnd(this.#fifo);
    try {
      this.#writer = new DescriptorWriter(openWriteEnd(this.#fifo));
      this.#broken = false;
      return childEnd;
    } catch (error) {
      closeSync(childEnd);
      throw error;
    }
  }

  /** NOT_RUNNING without a child, NO_FILE when it has closed its stdin, FAILED when too much waits already. */
  write(bytes: Buffer): Result<true> {
    if (this.#writer === null) return fail("NOT_RUNNING");
    if (this.#broken) return fail("NO_FILE");
    const { queuedBytes } = this.#writer;
    // One word is taken whatever its length: an event for a listener cannot be cut.
    if (queuedBytes > 0 && queuedBytes + bytes.length > LONGEST_QUEUE_BYTES)
      return fail("FAILED", "the process does not read its stdin");
    const outcome = this.#writer.write(bytes);
    if (outcome.kind !== "failed") return succeed(true);
    this.#broken = true;
    return fail("NO_FILE");
  }

  childEnded(): void {
    this.#writer?.close();
    this.#writer = null;
  }

  abandon(): void {
    rmSync(this.#fifo, { force: true });
  }
}

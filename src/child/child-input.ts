import { fail, type Result, succeed } from "../model/fault.ts";
import { DescriptorWriter } from "../os/descriptor-writer.ts";

/** What may wait for a child that does not read before more is refused; supervisord has no bound. */
const LONGEST_QUEUE_BYTES = 1024 * 1024;

/** The way to what one child reads: nothing blocks, and what waits is bounded. */
export class ChildInput {
  readonly #writer: DescriptorWriter;
  #broken = false;

  /** @param fd - a non-blocking descriptor, which is the input's from now on. */
  constructor(fd: number) {
    this.#writer = new DescriptorWriter(fd);
  }

  /** NO_FILE when the child has closed its stdin, FAILED when too much waits already. */
  write(bytes: Buffer): Result<true> {
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

  close(): void {
    this.#writer.close();
  }
}

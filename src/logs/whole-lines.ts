const NEWLINE = 10;

/** A line longer than this is passed on in pieces. */
const LONGEST_LINE = 64 * 1024;

/** Passes on whole lines only, so that several streams can share one target without cutting each other's lines. */
export class WholeLines {
  #held: Buffer[] = [];
  #heldBytes = 0;

  /** All lines that are complete now, each with its newline; may share memory with `chunk`. */
  take(chunk: Buffer): Buffer {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0 && this.#heldBytes + chunk.length <= LONGEST_LINE) {
      this.#hold(chunk);
      return chunk.subarray(0, 0);
    }
    const cut = end === 0 || chunk.length - end > LONGEST_LINE ? chunk.length : end;
    const whole = this.#heldBytes === 0 ? chunk.subarray(0, cut) : Buffer.concat([...this.#held, chunk.subarray(0, cut)]);
    this.#release();
    if (cut < chunk.length) this.#hold(chunk.subarray(cut));
    return whole;
  }

  /** The last line, if it has no newline, with one. */
  end(): Buffer {
    const rest = this.#heldBytes === 0 ? Buffer.alloc(0) : Buffer.concat([...this.#held, Buffer.from("\n")]);
    this.#release();
    return rest;
  }

  #hold(bytes: Buffer): void {
    this.#held.push(Buffer.from(bytes));
    this.#heldBytes += bytes.length;
  }

  #release(): void {
    this.#held = [];
    this.#heldBytes = 0;
  }
}

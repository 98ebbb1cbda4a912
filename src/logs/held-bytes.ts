/** More than one reading of a pipe; what a log may keep in memory while its file cannot be written. */
const LIMIT_BYTES = 2 * 1024 * 1024;

/** Bytes that wait for better times, in order and bounded: once it is full, what comes later is counted and dropped. */
export class HeldBytes {
  #parts: Buffer[] = [];
  #bytes = 0;
  #lost = 0;

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  /** Keeps a copy. */
  push(bytes: Buffer): void {
    const kept = bytes.subarray(0, LIMIT_BYTES - this.#bytes);
    this.#lost += bytes.length - kept.length;
    if (kept.length === 0) return;
    this.#parts.push(Buffer.from(kept));
    this.#bytes += kept.length;
  }

  /** Gives all that is held, and holds nothing any more. */
  take(): Buffer {
    const all = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    return all;
  }

  /** How many bytes were dropped since the last count. */
  countLost(): number {
    const lost = this.#lost;
    this.#lost = 0;
    return lost;
  }
}

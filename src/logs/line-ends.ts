const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** Takes away what a terminal adds: each line feed of a program comes out of it behind a carriage return. */
export class LineEnds {
  /** A carriage return ended the piece before. */
  #held = false;

  /** @returns a copy where something changed. */
  take(bytes: Buffer): Buffer {
    if (!this.#held && !bytes.includes(CARRIAGE_RETURN)) return bytes;
    const kept = Buffer.allocUnsafe(bytes.length + 1);
    let length = 0;
    for (const byte of bytes) {
      if (this.#held && byte !== LINE_FEED) kept[length++] = CARRIAGE_RETURN;
      this.#held = byte === CARRIAGE_RETURN;
      if (!this.#held) kept[length++] = byte;
    }
    return kept.subarray(0, length);
  }

  /** @returns what was held back. */
  end(): Buffer {
    const rest = this.#held ? "\r" : "";
    this.#held = false;
    return Buffer.from(rest);
  }
}

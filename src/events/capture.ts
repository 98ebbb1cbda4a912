const BEGIN = Buffer.from("<!--XSUPERVISOR:BEGIN-->");
const END = Buffer.from("<!--XSUPERVISOR:END-->");
/** Both tokens begin with it, and neither has a second one. */
const FIRST_BYTE = 0x3c;
const NOTHING = Buffer.alloc(0);

/** Hears the pieces of a stream in order; they are valid during the call only. Text is for the log, the rest was captured. */
type Give = (piece: Buffer, isText: boolean) => void;

/**
 * Takes out of a stream what a program encloses in the tokens of the capture mode. The tokens themselves vanish, however they are
 * cut; nothing is held back but what may be the beginning of one.
 * @see supervisor/dispatchers.py POutputDispatcher.record_output()
 */
export class Capture {
  readonly #onSection: (data: Buffer) => void;
  readonly #section: SectionBuffer;
  #isInside = false;
  /** What may be the beginning of a token. */
  #held = NOTHING;

  /**
   * @param maxBytes - bound of one section, see `SectionBuffer`.
   * @param onSection - hears of each finished section.
   */
  constructor(maxBytes: number, onSection: (data: Buffer) => void) {
    this.#onSection = onSection;
    this.#section = new SectionBuffer(maxBytes);
  }

  take(bytes: Buffer, give: Give): void {
    let rest = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    this.#held = NOTHING;
    for (;;) {
      const token = this.#isInside ? END : BEGIN;
      const at = rest.indexOf(token);
      if (at < 0) break;
      this.#give(rest.subarray(0, at), give);
      this.#toggle();
      rest = rest.subarray(at + token.length);
    }
    const kept = rest.length - beginningAtEnd(rest, this.#isInside ? END : BEGIN);
    this.#give(rest.subarray(0, kept), give);
    this.#held = Buffer.from(rest.subarray(kept));
  }

  /** The stream ends, or another child takes it over: what was held back was text after all, an unfinished section is dropped. */
  end(give: Give): void {
    const held = this.#held;
    this.#held = NOTHING;
    if (!this.#isInside) this.#give(held, give);
    this.#isInside = false;
    this.#section.take();
  }

  #give(piece: Buffer, give: Give): void {
    if (piece.length === 0) return;
    if (this.#isInside) this.#section.push(piece);
    give(piece, !this.#isInside);
  }

  #toggle(): void {
    this.#isInside = !this.#isInside;
    if (!this.#isInside) this.#onSection(this.#section.take());
  }
}

/** How many bytes at the end of `bytes` are the beginning of `token`, but not the whole of it. */
function beginningAtEnd(bytes: Buffer, token: Buffer): number {
  const tail = bytes.subarray(Math.max(0, bytes.length - token.length + 1));
  const at = tail.lastIndexOf(FIRST_BYTE);
  if (at < 0) return 0;
  const beginning = tail.subarray(at);
  return beginning.equals(token.subarray(0, beginning.length)) ? beginning.length : 0;
}

/**
 * The latest bytes of a section. A piece that would exceed the bound first drops as many bytes as it has itself from the front, so
 * a piece that is larger than the bound is kept whole.
 * @see supervisor/loggers.py BoundIO
 */
class SectionBuffer {
  readonly #maxBytes: number;
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Keeps a copy. */
  push(piece: Buffer): void {
    if (this.#length + piece.length > this.#maxBytes) this.#drop(piece.length);
    this.#pieces.push(Buffer.from(piece));
    this.#length += piece.length;
  }

  /** Gives all that is kept, and keeps nothing any more. */
  take(): Buffer {
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return all;
  }

  #drop(count: number): void {
    for (let missing = count; missing > 0; ) {
      const first = this.#pieces.shift();
      if (first === undefined) return;
      const dropped = Math.min(missing, first.length);
      this.#length -= dropped;
      missing -= dropped;
      if (dropped < first.length) this.#pieces.unshift(first.subarray(dropped));
    }
  }
}

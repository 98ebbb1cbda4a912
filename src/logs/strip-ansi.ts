const ESCAPE = 0x1b;
const BRACKET = 0x5b;

/** No terminal knows longer ones; what goes on longer is no control sequence. */
const LONGEST_SEQUENCE = 64;

/**
 * Takes the control sequences of terminals (`ESC [` parameters letter) out of a stream, also where one is split over two chunks.
 * supervisord cuts from `ESC [` to the next of a few letters, chunk by chunk, which eats text and leaves split sequences behind.
 */
export class AnsiStripper {
  /** The beginning of a sequence whose end has not come yet. */
  #held = Buffer.alloc(0);

  /** The result may share memory with `chunk`. */
  take(chunk: Buffer): Buffer {
    if (this.#held.length === 0 && !chunk.includes(ESCAPE)) return chunk;
    const bytes = Buffer.concat([this.#held, chunk]);
    const { kept, rest } = strip(bytes);
    this.#held = Buffer.from(rest);
    return kept;
  }

  /** What was taken for the beginning of a sequence that never ended. */
  end(): Buffer {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return rest;
  }
}

function strip(bytes: Buffer): { readonly kept: Buffer; readonly rest: Buffer } {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, Math.max(from, at + 1))) {
    const end = sequenceEnd(bytes, at);
    if (end === "unfinished") {
      parts.push(bytes.subarray(from, at));
      return { kept: Buffer.concat(parts), rest: bytes.subarray(at) };
    }
    if (end === "none") continue;
    parts.push(bytes.subarray(from, at));
    from = end;
  }
  parts.push(bytes.subarray(from));
  return { kept: Buffer.concat(parts), rest: bytes.subarray(bytes.length) };
}

/**
 * Where the sequence that begins at `start` ends.
 * @see ECMA-48 5.4: parameter bytes 0x30-0x3f, intermediate bytes 0x20-0x2f, one final byte 0x40-0x7e.
 */
function sequenceEnd(bytes: Buffer, start: number): number | "unfinished" | "none" {
  let at = start + 1;
  if (at === bytes.length) return "unfinished";
  if (bytes[at] !== BRACKET) return "none";
  at++;
  while (isBetween(bytes[at], 0x30, 0x3f)) at++;
  while (isBetween(bytes[at], 0x20, 0x2f)) at++;
  if (at - start > LONGEST_SEQUENCE) return "none";
  if (at === bytes.length) return "unfinished";
  return isBetween(bytes[at], 0x40, 0x7e) ? at + 1 : "none";
}

function isBetween(byte: number | undefined, first: number, last: number): boolean {
  return byte !== undefined && byte >= first && byte <= last;
}

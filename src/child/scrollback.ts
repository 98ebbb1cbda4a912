import { TerminalModes } from "../model/terminal-modes.ts";

const BLOCK_BYTES = 16 * 1024;
const MOST_BLOCKS = 16;

/** What a terminal is asked, to which it would answer as if its user had typed: an answer to an old question confuses a program. */
const QUESTIONS = new RegExp(
  [
    "\\[[>=?]?[\\d;]*[cn]",
    "\\[\\?[\\d;]*\\$p",
    "\\[>[\\d;]*q",
    "P[+$]q[^\u001b]*\u001b\\\\",
    "\\][\\d;]*\\?(?:\u0007|\u001b\\\\)",
    "Z",
  ]
    .map((question) => `\u001b${question}`)
    .join("|"),
  "g",
);

/** The last 256 KiB of what a program wrote to its terminal, such that a terminal that is shown them looks as the program wants it. */
export class Scrollback {
  readonly #blocks: Buffer[] = [];
  /** Bytes in the last block. */
  #used = BLOCK_BYTES;
  /** At the first byte that is kept. */
  readonly #modes = new TerminalModes();

  add(bytes: Buffer): void {
    for (let offset = 0; offset < bytes.length; ) {
      if (this.#used === BLOCK_BYTES) this.#begin();
      const count = bytes.copy(this.#blocks.at(-1) as Buffer, this.#used, offset);
      this.#used += count;
      offset += count;
    }
  }

  /** What brings a terminal that was just reset to where the program's is. */
  replay(): Buffer {
    const kept = Buffer.concat(this.#blocks, Math.max(0, (this.#blocks.length - 1) * BLOCK_BYTES + this.#used));
    const text = this.#modes.restoring() + this.#modes.rest + (this.#blocks.length === 0 ? "" : kept.toString("latin1"));
    return Buffer.from(text.replace(QUESTIONS, ""), "latin1");
  }

  #begin(): void {
    const oldest = this.#blocks.length === MOST_BLOCKS ? this.#blocks.shift() : undefined;
    if (oldest !== undefined) this.#modes.take(oldest);
    this.#blocks.push(oldest ?? Buffer.allocUnsafeSlow(BLOCK_BYTES));
    this.#used = 0;
  }
}

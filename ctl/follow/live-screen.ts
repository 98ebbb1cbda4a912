import { emitKeypressEvents } from "node:readline";
import type { RawKey } from "../shell/keys.ts";

/** xterm's control sequences: a screen of its own, which leaves no trace, and no cursor on it. */
const ENTER_SCREEN = "\u001b[?1049h\u001b[?25l";
const LEAVE_SCREEN = "\u001b[?25h\u001b[?1049l";
const HOME = "\u001b[H";
const CLEAR_LINE = "\u001b[K";
const CLEAR_BELOW = "\u001b[J";

/** A screen that is drawn again and again without flicker, and the keys pressed meanwhile. It gives the terminal back in every case. */
export class LiveScreen {
  readonly #onKey: (name: string) => void;
  readonly #onResize: () => void;
  readonly #keypress = (_text: string | undefined, key: RawKey) =>
    this.#onKey(`${key.ctrl ? "ctrl-" : ""}${key.name ?? key.sequence}`);
  #isOpen = false;

  constructor(onKey: (name: string) => void, onResize: () => void) {
    this.#onKey = onKey;
    this.#onResize = onResize;
  }

  get columns(): number {
    return process.stdout.columns || 80;
  }

  get rows(): number {
    return process.stdout.rows || 24;
  }

  open(): void {
    const { stdin, stdout } = process;
    this.#isOpen = true;
    stdout.write(ENTER_SCREEN);
    stdout.on("resize", this.#onResize);
    if (!stdin.isTTY) return;
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.on("keypress", this.#keypress);
    stdin.resume();
  }

  /** @param lines - made safe already, no wider than the screen. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return;
    const shown = lines.slice(0, this.rows);
    process.stdout.write(`${HOME}${shown.map((line) => line + CLEAR_LINE).join("\r\n")}${CLEAR_BELOW}`);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { stdin, stdout } = process;
    stdout.off("resize", this.#onResize);
    if (stdin.isTTY) {
      stdin.off("keypress", this.#keypress);
      stdin.setRawMode(false);
      stdin.pause();
    }
    stdout.write(LEAVE_SCREEN);
  }
}

const ESC = "\u001b";

/** Private modes that are on in a terminal that nobody has touched: lines wrap, and the cursor is seen. */
const USUALLY_ON: ReadonlySet<number> = new Set([7, 25]);

/** The modes that show another screen. */
const OTHER_SCREENS: readonly number[] = [47, 1047, 1049];

/** What changes a mode: a list of private modes, the keypad, or a reset. */
const CHANGES = new RegExp(`${ESC}(?:\\[\\?([\\d;]+)([hl])|([=>c])|\\[!p)`, "g");

/** The beginning of what could be a change, at the end of a piece. */
const BEGINNING = new RegExp(`${ESC}(?:\\[[?!]?[\\d;]{0,60})?$`);

/**
 * What a program has made of its terminal: whether it shows another screen, takes the mouse, hides the cursor. Whoever comes to look
 * later has to be brought to the same modes, and back when it leaves.
 * @see xterm's control sequences, DEC private mode set
 */
export class TerminalModes {
  /** Modes that are not as usual. */
  readonly #changed = new Set<number>();
  #keypad = false;
  #rest = "";

  /** Whether the program shows another screen than the one whose lines scroll away. */
  get isOtherScreen(): boolean {
    return OTHER_SCREENS.some((mode) => this.#changed.has(mode));
  }

  /** A sequence that has begun and not ended yet. */
  get rest(): string {
    return this.#rest;
  }

  /** The program writes this. */
  take(bytes: Buffer): void {
    if (this.#rest === "" && !bytes.includes(0x1b)) return;
    const text = this.#rest + bytes.toString("latin1");
    for (const [, modes, change, key] of text.matchAll(CHANGES)) {
      if (modes !== undefined) this.#change(modes, change === "h");
      else if (key === "=" || key === ">") this.#keypad = key === "=";
      else this.reset();
    }
    this.#rest = BEGINNING.exec(text)?.[0] ?? "";
  }

  reset(): void {
    this.#changed.clear();
    this.#keypad = false;
    this.#rest = "";
  }

  /** Brings a usual terminal to these modes. */
  restoring(): string {
    const modes = [...this.#changed].map((mode) => privateMode(mode, !USUALLY_ON.has(mode)));
    return modes.join("") + (this.#keypad ? `${ESC}=` : "");
  }

  /** Brings a terminal in these modes back to what is usual, colours too. */
  undoing(): string {
    const modes = [...this.#changed].reverse().map((mode) => privateMode(mode, USUALLY_ON.has(mode)));
    return `${modes.join("") + (this.#keypad ? `${ESC}>` : "")}${ESC}[0m`;
  }

  #change(modes: string, on: boolean): void {
    for (const text of modes.split(";")) {
      const mode = Number(text);
      if (on === USUALLY_ON.has(mode)) this.#changed.delete(mode);
      else this.#changed.add(mode);
    }
  }
}

function privateMode(mode: number, on: boolean): string {
  return `${ESC}[?${mode}${on ? "h" : "l"}`;
}

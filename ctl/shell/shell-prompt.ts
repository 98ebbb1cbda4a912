import { emitKeypressEvents } from "node:readline";
import type { Style } from "../style.ts";
import { type Drawing, draw } from "./draw.ts";
import { EnquirerPrompt } from "./enquirer-prompt.ts";
import type { RawKey } from "./keys.ts";
import {
  ghostOf,
  newPrompt,
  type PromptContext,
  type PromptState,
  pasteText,
  press,
  suggestAnew,
  type Wish,
} from "./prompt-state.ts";

export interface ShellPromptOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly prompt: string;
  readonly style: Style;
  readonly context: PromptContext;
  /** What is typed already. */
  readonly text: string;
  /** Somebody presses keys. */
  onKey(): void;
}

/** Terminals that know of it mark what is pasted. @see xterm's control sequences, bracketed paste mode */
const MARK_PASTES = "\u001b[?2004h";
const MARK_NO_PASTES = "\u001b[?2004l";
const PASTE_BEGINS = "\u001b[200~";
const PASTE_ENDS = "\u001b[201~";

const CLEAR_BELOW = "\u001b[J";
const CLEAR_SCREEN = "\u001b[H\u001b[2J";

/**
 * The prompt of the shell, for one line: enquirer's prompt with an editor, a menu and a history of its own. It holds the terminal only
 * while it asks.
 */
export class ShellPrompt extends EnquirerPrompt {
  readonly #options: ShellPromptOptions;
  #prompt: PromptState;
  #drawn: Drawing | null = null;
  #pasted: string | null = null;
  #release: () => void = () => {};

  constructor(options: ShellPromptOptions) {
    super({ name: "line", stdin: options.stdin, stdout: options.stdout });
    this.#options = options;
    this.#prompt = newPrompt(options.text);
  }

  /** enquirer calls this once it runs: keys come from now on, until the prompt is closed. */
  start(): void {
    const { stdin, stdout } = this.#options;
    const onKey = (_text: string | undefined, key: RawKey) => this.#key(key);
    const onResize = () => this.render();
    const onContinue = () => this.#resume();
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.on("keypress", onKey);
    stdin.resume();
    stdout.on("resize", onResize);
    process.on("SIGCONT", onContinue);
    stdout.write(MARK_PASTES);
    this.#release = () => {
      stdout.write(MARK_NO_PASTES);
      process.off("SIGCONT", onContinue);
      stdout.off("resize", onResize);
      stdin.off("keypress", onKey);
      stdin.setRawMode(false);
      stdin.pause();
    };
  }

  /** Draws what has changed over what was there. */
  render(): void {
    const { stdout, prompt, style, context } = this.#options;
    if (this.state.closed) return;
    const columns = stdout.columns || 80;
    const ghost = ghostOf(this.#prompt, context);
    this.#show(draw(this.#prompt, { prompt, columns, style, ghost }));
  }

  /** What is suggested may have changed. */
  suggestAnew(): void {
    const { context } = this.#options;
    const next = suggestAnew(this.#prompt, context);
    if (next === this.#prompt) return;
    this.#prompt = next;
    this.render();
  }

  /** Says something above the prompt, which stays as it is. */
  notify(line: string): void {
    this.#options.stdout.write(`${this.#erasure()}${line}\r\n`);
    this.#drawn = null;
    this.render();
  }

  /** Ends the question: what stays on the screen is the line as it was typed. */
  async close(): Promise<void> {
    if (this.state.closed) return;
    const { stdout, prompt, style } = this.#options;
    const line = { ...this.#prompt, menu: null, search: null, hint: "", asks: false };
    this.#show(
      draw(
        { ...line, editor: { ...line.editor, cursor: line.editor.text.length } },
        { prompt, columns: stdout.columns || 80, style, ghost: "" },
      ),
    );
    stdout.write("\r\n");
    this.state.closed = true;
    this.#release();
    this.emit("close");
  }

  #key(key: RawKey): void {
    if (this.state.closed) return;
    const { sequence = "" } = key;
    if (sequence === PASTE_BEGINS) this.#pasted = "";
    else if (sequence === PASTE_ENDS) this.#endPaste();
    else if (this.#pasted !== null) this.#pasted += sequence;
    else this.#press(key);
    this.#options.onKey();
  }

  #endPaste(): void {
    this.#prompt = pasteText(this.#prompt, this.#pasted ?? "");
    this.#pasted = null;
    this.render();
  }

  #press(key: RawKey): void {
    const { state, wish } = press(this.#prompt, key, this.#options.context);
    this.#prompt = state;
    if (wish === null) this.render();
    else this.#grant(wish);
  }

  #grant(wish: NonNullable<Wish>): void {
    switch (wish) {
      case "submit":
        this.value = this.#prompt.editor.text;
        void this.submit();
        break;
      case "leave":
        void this.cancel();
        break;
      case "redraw":
        this.#options.stdout.write(CLEAR_SCREEN);
        this.#drawn = null;
        this.render();
        break;
      case "suspend":
        this.#suspend();
        break;
    }
  }

  #suspend(): void {
    const { stdin, stdout } = this.#options;
    stdout.write(`${MARK_NO_PASTES}\r\n`);
    stdin.setRawMode(false);
    process.kill(process.pid, "SIGTSTP");
  }

  #resume(): void {
    this.#options.stdin.setRawMode(true);
    this.#options.stdout.write(MARK_PASTES);
    this.#drawn = null;
    this.render();
  }

  #show(drawing: Drawing): void {
    const { rows, cursor } = drawing;
    const up = rows.length - 1 - cursor.row;
    const place = `\r${up > 0 ? `\u001b[${up}A` : ""}${cursor.column > 0 ? `\u001b[${cursor.column}C` : ""}`;
    this.#options.stdout.write(`${this.#erasure()}${rows.join("\r\n")}${place}`);
    this.#drawn = drawing;
  }

  /** Back to the first row of what is drawn, and nothing below it. */
  #erasure(): string {
    const row = this.#drawn?.cursor.row ?? 0;
    return `\r${row > 0 ? `\u001b[${row}A` : ""}${CLEAR_BELOW}`;
  }
}

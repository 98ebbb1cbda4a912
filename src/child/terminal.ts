import { fail, type Result } from "../model/fault.ts";
import type { AttachableTerminal, Attachment, TerminalNews, TerminalSize, TerminalViewer } from "../model/terminal.ts";
import { TerminalModes } from "../model/terminal-modes.ts";
import { Scrollback } from "./scrollback.ts";

/** The present child's end of things. */
interface TerminalLine {
  write(bytes: Buffer): Result<true>;
  resize(size: TerminalSize): void;
}

/** How long a program sees another size, when it is to draw everything anew; milliseconds. */
const NUDGE_MS = 50;

/** The terminal of one process, over the lives of its children: what it shows, how large it is, and who looks at it. */
export class Terminal implements AttachableTerminal {
  #size: TerminalSize = { columns: 80, rows: 24 };
  readonly #scrollback = new Scrollback();
  readonly #modes = new TerminalModes();
  readonly #viewers = new Set<TerminalViewer>();
  #line: TerminalLine | null = null;
  #pid: number | null = null;
  #nudge: NodeJS.Timeout | null = null;

  get size(): TerminalSize {
    return this.#size;
  }

  /** A child is about to use the terminal by way of this line. */
  connect(line: TerminalLine): void {
    this.#line = line;
  }

  /** What was the line must not be used any more. */
  disconnect(): void {
    this.#stopNudge();
    this.#line = null;
  }

  childStarted(pid: number): void {
    this.#pid = pid;
    this.#tell({ type: "started", pid });
  }

  /** The child is gone, or could not be made: the next one finds a usual terminal. */
  childEnded(): void {
    this.disconnect();
    const undo = this.#modes.undoing();
    this.#modes.reset();
    if (this.#pid === null) return;
    this.#pid = null;
    this.show(Buffer.from(undo, "latin1"));
    this.#tell({ type: "ended" });
  }

  /** The program has written this. */
  show(bytes: Buffer): void {
    this.#modes.take(bytes);
    this.#scrollback.add(bytes);
    for (const viewer of this.#viewers) viewer.show(bytes);
  }

  type(bytes: Buffer): Result<true> {
    return this.#line?.write(bytes) ?? fail("NOT_RUNNING");
  }

  attach(viewer: TerminalViewer): Attachment {
    this.#viewers.add(viewer);
    return {
      pid: this.#pid,
      replay: () => this.#scrollback.replay(),
      type: (bytes) => this.type(bytes),
      resize: (size) => this.#resize(size),
      detach: () => this.#viewers.delete(viewer),
    };
  }

  close(): void {
    this.disconnect();
    for (const viewer of this.#viewers) viewer.close();
    this.#viewers.clear();
  }

  /** A program that fills the screen draws it anew when its size changes; for somebody who just came, it has to. */
  #resize(size: TerminalSize): void {
    const { columns, rows } = this.#size;
    this.#size = size;
    this.#stopNudge();
    const isSame = columns === size.columns && rows === size.rows;
    if (isSame && this.#modes.isOtherScreen && rows > 1) {
      this.#line?.resize({ columns, rows: rows - 1 });
      this.#nudge = setTimeout(() => this.#line?.resize(this.#size), NUDGE_MS).unref();
    } else this.#line?.resize(size);
  }

  #stopNudge(): void {
    if (this.#nudge !== null) clearTimeout(this.#nudge);
    this.#nudge = null;
  }

  #tell(news: TerminalNews): void {
    for (const viewer of this.#viewers) viewer.tell(news);
  }
}

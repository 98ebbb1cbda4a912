import type { Result } from "./fault.ts";

/** The size of a terminal, in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** What a program runs on, and others may look at. */
export interface AttachableTerminal {
  attach(viewer: TerminalViewer): Attachment;
}

/** Somebody who looks at a terminal. */
export interface TerminalViewer {
  /** The bytes are valid during the call only. */
  show(bytes: Buffer): void;
  /** A program runs on the terminal from now on, or none does. */
  tell(news: TerminalNews): void;
  /** The terminal is no more. */
  close(): void;
}

export type TerminalNews = { readonly type: "started"; readonly pid: number } | { readonly type: "ended" };

/** What a terminal does for one who looks at it. */
export interface Attachment {
  /** The child that runs on the terminal; `null` for none. */
  readonly pid: number | null;
  /** What a terminal that was just reset has to be shown to look like this one. */
  replay(): Buffer;
  /** Types for the program. NOT_RUNNING, NO_FILE, FAILED when it does not read. */
  type(bytes: Buffer): Result<true>;
  /** The viewer's own terminal has this size; a program is told of the size that was given last, whoever gave it. */
  resize(size: TerminalSize): void;
  detach(): void;
}

import type { TerminalSize } from "../../src/model/terminal.ts";
import { TerminalModes } from "../../src/model/terminal-modes.ts";
import type { Reply } from "../remote/reply.ts";
import type { ServerAccess } from "../remote/server-access.ts";
import { TerminalConnection, type TerminalMessage } from "../remote/terminal-connection.ts";

export interface AttachOptions {
  readonly name: string;
  /** The name as it may be shown. */
  readonly shownName: string;
  readonly readOnly: boolean;
  /** The control character that detaches, and how it is called. */
  readonly detach: DetachKey;
}

export interface DetachKey {
  readonly byte: number;
  readonly label: string;
}

/** How it ended: the user left, or the daemon did. */
export type AttachOutcome = "detached" | "lost";

/** Puts the user's terminal on that of a process, until the user detaches. The terminal is as before afterwards. */
export async function attachTerminal(access: ServerAccess, options: AttachOptions): Promise<Reply<AttachOutcome>> {
  const { stdin, stdout } = process;
  const modes = new TerminalModes();
  let finish: (outcome: AttachOutcome) => void = () => {};
  const finished = new Promise<AttachOutcome>((resolve) => {
    finish = resolve;
  });
  const note = (text: string) => stdout.write(`\r\n\u001b[2m[${text}]\u001b[0m\r\n`);
  const opened = await TerminalConnection.open(
    access,
    { ...options, size: screenSize() },
    {
      show(bytes) {
        modes.take(bytes);
        stdout.write(bytes);
      },
      tell: (message) => {
        const text = newsText(message, options);
        if (text !== null) note(text);
      },
      end: () => finish("lost"),
    },
  );
  if (!opened.ok) return opened;
  const connection = opened.value;
  const onData = (bytes: Buffer) => {
    const end = bytes.indexOf(options.detach.byte);
    const typed = end < 0 ? bytes : bytes.subarray(0, end);
    if (typed.length > 0 && !options.readOnly) connection.type(typed);
    if (end >= 0) finish("detached");
  };
  const onResize = () => connection.resize(screenSize());
  stdin.setRawMode(true);
  stdin.on("data", onData);
  stdin.resume();
  stdout.on("resize", onResize);
  const outcome = await finished;
  stdout.off("resize", onResize);
  stdin.off("data", onData);
  stdin.pause();
  stdin.setRawMode(false);
  connection.close();
  stdout.write(`${modes.undoing()}\r\n`);
  return { ok: true, value: outcome };
}

function screenSize(): TerminalSize {
  return { columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 };
}

/** `null` for what the user need not hear: that all is as expected. */
function newsText({ type, pid }: TerminalMessage, { shownName, detach }: AttachOptions): string | null {
  switch (type) {
    case "hello":
      return typeof pid === "number" ? null : `${shownName} does not run; ${detach.label} detaches`;
    case "started":
      return `${shownName} runs, pid ${Number(pid)}`;
    case "ended":
      return `${shownName} has ended; ${detach.label} detaches`;
    default:
      return null;
  }
}

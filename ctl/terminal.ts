import { visibleLines } from "./render/visible.ts";

/** Where a command's output goes. Only `raw` may carry control characters: it is for logs, which are shown as they are. */
export interface Terminal {
  /** The width of the screen that stdout is, in columns; `null` where it is none. */
  readonly columns: number | null;
  /** One line on stdout. */
  line(text: string): void;
  /** A line on stdout, or several, that may carry colours: every text of the daemon in it was made safe already. */
  styled(text: string): void;
  /** One line on stderr. */
  complain(text: string): void;
  /** Bytes of a log on stdout, unchanged. */
  raw(bytes: string | Uint8Array): void;
  /** One JSON value on a line of its own. */
  document(value: unknown): void;
}

/** The terminal of this process. A reader that goes away (`| head`) ends the program quietly, as it ends every filter. */
export function processTerminal(): Terminal {
  const stdout = openedOnce("stdout");
  const stderr = openedOnce("stderr");
  return {
    get columns() {
      return stdout().isTTY ? stdout().columns || 80 : null;
    },
    line: (text) => void stdout().write(`${visibleLines(text)}\n`),
    styled: (text) => void stdout().write(`${text}\n`),
    complain: (text) => void stderr().write(`${visibleLines(text)}\n`),
    raw: (bytes) => void stdout().write(bytes),
    document: (value) => void stdout().write(`${jsonText(value)}\n`),
  };
}

/** A stream of this process takes Node a moment to make, and most commands need one of the two. */
function openedOnce(name: "stdout" | "stderr"): () => NodeJS.WriteStream {
  let stream: NodeJS.WriteStream | null = null;
  return () => {
    stream ??= process[name].on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
    return stream;
  };
}

/** A value as JSON that no terminal takes for anything else. */
function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE_IN_TERMINALS, escapedForJson);
}

/** Control characters that JSON may hold unescaped. */
const UNSAFE_IN_TERMINALS = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function escapedForJson(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

import { visibleLines } from "./render/visible.ts";

/** Where a command's output goes. Only `raw` may carry control characters: it is for logs, which are shown as they are. */
export interface Terminal {
  /** One line on stdout. */
  line(text: string): void;
  /** One line on stderr. */
  complain(text: string): void;
  /** Bytes of a log on stdout, unchanged. */
  raw(bytes: string | Uint8Array): void;
}

/** The terminal of this process. A reader that goes away (`| head`) ends the program quietly, as it ends every filter. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  }
  return {
    line: (text) => void process.stdout.write(`${visibleLines(text)}\n`),
    complain: (text) => void process.stderr.write(`${visibleLines(text)}\n`),
    raw: (bytes) => void process.stdout.write(bytes),
  };
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { PYTHON } from "../support/python.ts";
import { waitFor } from "../support/wait.ts";

/** A program on a terminal of its own, with somebody who types. */
export interface PseudoTerminal {
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** Waits until the screen shows `text` behind all that was waited for before. */
  see(text: string): Promise<void>;
  /** Waits for the program's end. @returns its exit status. */
  ended(): Promise<number | null>;
  kill(): void;
}

const RELAY = `
import fcntl, os, pty, select, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
sources = [0, 3, terminal]
while True:
    for source in select.select(sources, [], [])[0]:
        if source == 3:
            size = os.read(3, 64).split()
            if len(size) == 2:
                fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(size[1]), int(size[0]), 0, 0))
            else:
                sources.remove(3)
            continue
        try:
            data = os.read(source, 65536)
        except OSError:
            data = b""
        if data:
            os.write(1 if source == terminal else terminal, data)
        elif source == terminal:
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        else:
            os.kill(pid, 9)
            sources = [terminal]
            break
`;

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g");

export function openTerminal(program: string, words: readonly string[]): PseudoTerminal {
  const relay = spawn(PYTHON, ["-c", RELAY, program, ...words], { stdio: ["pipe", "pipe", "inherit", "pipe"] });
  const [stdin, stdout, , sizes] = relay.stdio as unknown as readonly [Writable, Readable, null, Writable];
  const exit = once(relay, "exit");
  let screen = "";
  let seen = 0;
  stdout.setEncoding("utf8").on("data", (text: string) => {
    // Colours are a matter of taste; what is said is not.
    screen += text.replaceAll(COLOURS, "");
  });
  stdin.on("error", () => undefined);
  sizes.on("error", () => undefined);
  return {
    type: (text) => void stdin.write(text),
    resize: (columns, rows) => void sizes.write(`${columns} ${rows}`),
    async see(text) {
      await waitFor(`${JSON.stringify(text)} on the screen`, () => screen.includes(text, seen)).catch((error) => {
        throw new Error(`the screen shows ${JSON.stringify(screen.slice(seen))}`, { cause: error });
      });
      seen = screen.indexOf(text, seen) + text.length;
    },
    ended: async () => (await exit)[0],
    kill: () => stdin.end(),
  };
}

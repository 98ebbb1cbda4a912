import type { createInterface as CreateInterface, Interface } from "node:readline";
import { Writable } from "node:stream";

/** What the user gave: a line, the end of the input (Ctrl-D), or Ctrl-C. */
export type InputLine =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "end" }
  | { readonly kind: "interrupt" };

export interface AskOptions {
  /** Keeps what is typed off the screen. */
  readonly secret?: boolean;
  /** Ends the question. */
  readonly signal?: AbortSignal;
}

/**
 * The lines of stdin, asked for one at a time. From a terminal they are edited with readline, which holds the terminal only while it
 * asks: between two questions it is in its ordinary mode, and Ctrl-C is a signal. From a pipe they are read as they are. The shell has a
 * prompt of its own.
 */
export class LineInput {
  /** Lines that arrived together with one that was asked for. */
  readonly #waiting: string[] = [];
  #unfinished = "";
  #pipe: PipeLines | null = null;

  /** Made by Node when it is first asked for, which a command that asks nothing need not pay. */
  get #stdin(): NodeJS.ReadStream {
    return process.stdin;
  }

  get #stdout(): NodeJS.WriteStream {
    return process.stdout;
  }

  async ask(prompt: string, options: AskOptions = {}): Promise<InputLine> {
    const { createInterface } = await import("node:readline");
    if (!this.#stdin.isTTY || !this.#stdout.isTTY) {
      this.#stdout.write(prompt);
      this.#pipe ??= new PipeLines(createInterface({ input: this.#stdin, terminal: false }));
      return this.#pipe.next();
    }
    if (options.secret) return this.#askSecretly(prompt, createInterface);
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      this.#stdout.write(`${prompt}${waiting}\n`);
      return { kind: "line", text: waiting };
    }
    const { signal } = options;
    return this.#edit(
      createInterface({
        input: this.#stdin,
        output: this.#stdout,
        terminal: true,
        prompt,
        historySize: 0,
        ...(signal ? { signal } : {}),
      }),
    );
  }

  /** What was typed behind the last answer; it is not kept any longer. */
  takeRest(): string {
    const rest = [...this.#waiting, this.#unfinished].join("\n");
    this.#waiting.length = 0;
    this.#unfinished = "";
    return rest;
  }

  async #askSecretly(prompt: string, createInterface: typeof CreateInterface): Promise<InputLine> {
    const nowhere = new Writable({ write: (_chunk, _encoding, written) => written() });
    this.#stdout.write(prompt);
    const answer = await this.#edit(createInterface({ input: this.#stdin, output: nowhere, terminal: true, prompt: "" }));
    this.#stdout.write("\n");
    return answer;
  }

  /** Has one line edited, and gives the terminal back. */
  #edit(editor: Interface): Promise<InputLine> {
    return new Promise((resolve) => {
      let answer: InputLine | null = null;
      editor.on("line", (text) => {
        if (answer !== null) {
          this.#waiting.push(text);
          return;
        }
        answer = { kind: "line", text };
        // What was pasted behind the line comes in the same turn: it must be seen before the terminal is given back.
        setImmediate(() => editor.close());
      });
      editor.on("SIGINT", () => {
        answer = { kind: "interrupt" };
        editor.close();
      });
      editor.on("close", () => {
        this.#unfinished = answer?.kind === "line" ? editor.line : "";
        resolve(answer ?? { kind: "end" });
      });
      editor.prompt();
      if (this.#unfinished !== "") editor.write(this.#unfinished);
    });
  }
}

/** Lines of a pipe or file, kept until they are asked for. */
class PipeLines {
  readonly #lines: AsyncIterator<string>;

  constructor(reader: Interface) {
    this.#lines = reader[Symbol.asyncIterator]();
  }

  async next(): Promise<InputLine> {
    const { done, value } = await this.#lines.next();
    return done ? { kind: "end" } : { kind: "line", text: value };
  }
}

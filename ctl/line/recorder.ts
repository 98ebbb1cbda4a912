import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";
import type { Terminal } from "../terminal.ts";

/** A terminal that keeps what is written to it. */
export class Recorder implements Terminal {
  readonly columns = null;
  readonly #lines: string[] = [];
  readonly #complaints: string[] = [];
  readonly #decoder = new StringDecoder("utf8");
  #output = "";

  line(text: string): void {
    this.#lines.push(text);
  }

  styled(text: string): void {
    this.#lines.push(stripVTControlCharacters(text));
  }

  complain(text: string): void {
    this.#complaints.push(text);
  }

  raw(bytes: string | Uint8Array): void {
    this.#output += typeof bytes === "string" ? bytes : this.#decoder.write(Buffer.from(bytes));
  }

  document(): void {
    throw new Error("an endless command is never recorded");
  }

  /** The lines of stdout. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The lines of stderr. */
  get complaints(): readonly string[] {
    return this.#complaints;
  }

  /** The text of a log. */
  get output(): string {
    return this.#output;
  }

  /** Writes everything to another terminal, each kind in its order. */
  replay(terminal: Terminal): void {
    for (const text of this.#complaints) terminal.complain(text);
    for (const text of this.#lines) terminal.line(text);
    if (this.#output !== "") terminal.raw(this.#output);
  }
}

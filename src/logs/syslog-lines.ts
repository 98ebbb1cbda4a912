import { WholeLines } from "./whole-lines.ts";

/** Log daemons cut or refuse longer messages. @see rsyslog's $MaxMessageSize */
const LONGEST_MESSAGE = 8 * 1024;

/** Sends one message. */
export interface SyslogTarget {
  write(message: Uint8Array): void;
}

/** One stream's lines as messages of the system's log, each with the name of its origin before it. */
export class SyslogLines {
  readonly #target: SyslogTarget;
  readonly #prefix: string;
  readonly #lines = new WholeLines();

  constructor(target: SyslogTarget, name: string) {
    this.#target = target;
    this.#prefix = `${name} `;
  }

  write(bytes: Buffer): void {
    this.#send(this.#lines.take(bytes));
  }

  /** Sends the last line, if it has no newline. */
  end(): void {
    this.#send(this.#lines.end());
  }

  #send(lines: Buffer): void {
    for (let start = 0; start < lines.length; ) {
      const newline = lines.indexOf(10, start);
      const end = newline < 0 ? lines.length : newline;
      const cut = Math.min(end, start + LONGEST_MESSAGE);
      this.#target.write(Buffer.concat([Buffer.from(this.#prefix), lines.subarray(start, cut)]));
      start = cut === end ? end + 1 : cut;
    }
  }
}

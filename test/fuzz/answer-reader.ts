/** One answer of the server, as far as it has come. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  /** Empty for an answer that has no end. */
  readonly body: Buffer;
}

const START = Buffer.from("HTTP/1.1 ");
const HEAD_END = "\r\n\r\n";

/** A status line, then header lines of printable characters. */
const HEAD = /^HTTP\/1\.1 (\d{3}) [A-Za-z '-]+\r\n(?:[\w-]+: [\x20-\x7e]*\r\n)*$/;

/** Reads the answers on one connection, strictly: what is no HTTP is kept as `garbage`, and ends the reading. */
export class AnswerReader {
  readonly answers: Answer[] = [];
  garbage: Buffer | null = null;
  #rest = Buffer.alloc(0);
  /** A stream counts as answered once it has begun, and is read no further. */
  #streams = false;

  take(chunk: Buffer): void {
    if (this.#streams || this.garbage !== null) return;
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#step());
  }

  #step(): boolean {
    if (this.#rest.length === 0) return false;
    if (!this.#rest.subarray(0, START.length).equals(START.subarray(0, this.#rest.length))) return this.#refuse();
    const end = this.#rest.indexOf(HEAD_END);
    if (end < 0) return false;
    const head = this.#rest.toString("latin1", 0, end + 2);
    const status = HEAD.exec(head)?.[1];
    if (status === undefined) return this.#refuse();
    if (status.startsWith("1")) return this.#advance(end + HEAD_END.length);
    return this.#takeBody(Number(status), head, end + HEAD_END.length);
  }

  #takeBody(status: number, head: string, start: number): boolean {
    const contentType = header(head, "content-type");
    const length = header(head, "content-length");
    // Over HTTP/1.0 a stream is not even cut into chunks.
    if (length === "") {
      this.#streams = true;
      this.answers.push({ status, contentType, body: Buffer.alloc(0) });
      return false;
    }
    const end = start + Number(length);
    if (this.#rest.length < end) return false;
    this.answers.push({ status, contentType, body: this.#rest.subarray(start, end) });
    return this.#advance(end);
  }

  #advance(length: number): boolean {
    this.#rest = this.#rest.subarray(length);
    return true;
  }

  #refuse(): boolean {
    this.garbage = this.#rest;
    return false;
  }
}

function header(head: string, name: string): string {
  return new RegExp(`^${name}: (.*)\\r$`, "im").exec(head)?.[1] ?? "";
}

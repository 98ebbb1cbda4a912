import type { Socket } from "node:net";
import { abbreviate } from "./abbreviate.ts";

/** The headers that clients act on; what else is sent differs, which is one of the exceptions. */
const TOLD_HEADERS = /^(content-type|content-length|www-authenticate|location|transfer-encoding|x-accel-buffering):/i;

/** How long a server may take to answer. */
const DEADLINE_MS = 120_000;

/** Reads the answers of a server as they come, by the rules of HTTP/1.1 and nothing more. */
export class HttpReader {
  readonly #socket: Socket;
  #received = "";
  #closed = false;
  #wake = (): void => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      this.#received += text;
      this.#wake();
    });
    for (const event of ["end", "error", "close"]) {
      socket.on(event, () => {
        this.#closed = true;
        this.#wake();
      });
    }
  }

  async answers(count: number): Promise<string> {
    const answers: string[] = [];
    for (let index = 0; index < count; index += 1) answers.push(await this.#answer());
    return answers.join("\n");
  }

  /** Waits until the server closes. */
  async end(): Promise<string> {
    await this.#until(() => false);
    return utf8(`${this.#received}closed`);
  }

  /** Reads a chunked stream until it has brought a text. */
  async stream(until: string): Promise<string> {
    const head = await this.#head();
    if (!isChunked(head)) return `${tell(head)}\n${await this.#body(head)}`;
    return `${tell(head)}\n${await this.more(until)}`;
  }

  /** Reads on in a chunked stream until it has brought a text, or the server has closed. */
  async more(until: string): Promise<string> {
    let content = "";
    while (!content.includes(until)) {
      const chunk = await this.#chunk();
      if (chunk === "") return `${utf8(content)}closed`;
      content += chunk;
    }
    return utf8(content);
  }

  close(): void {
    this.#socket.destroy();
  }

  async #answer(): Promise<string> {
    const head = await this.#head();
    if (head === "") return "closed";
    return `${tell(head)}\n${abbreviate(utf8(await this.#body(head)))}`;
  }

  /** @returns an empty text when the server has closed instead. */
  async #head(): Promise<string> {
    await this.#until(() => this.#received.includes("\r\n\r\n"));
    return this.#take(this.#received.indexOf("\r\n\r\n") + 4);
  }

  async #body(head: string): Promise<string> {
    if (isChunked(head)) return await this.#chunks();
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    if (length === undefined) await this.#until(() => false);
    else await this.#until(() => this.#received.length >= Number(length));
    return this.#take(length === undefined ? this.#received.length : Number(length));
  }

  async #chunks(): Promise<string> {
    let content = "";
    for (;;) {
      const chunk = await this.#chunk();
      if (chunk === "") return content;
      content += chunk;
    }
  }

  /** @returns an empty text for the last one, and when the server has closed. */
  async #chunk(): Promise<string> {
    await this.#until(() => this.#received.includes("\r\n"));
    const length = Number.parseInt(this.#take(this.#received.indexOf("\r\n") + 2), 16) || 0;
    await this.#until(() => this.#received.length >= length + 2);
    return this.#take(length + 2).slice(0, length);
  }

  #take(length: number): string {
    const text = this.#received.slice(0, length);
    this.#received = this.#received.slice(length);
    return text;
  }

  async #until(isThere: () => boolean): Promise<void> {
    const deadline = setTimeout(() => this.#socket.destroy(new Error("no answer in time")), DEADLINE_MS);
    while (!isThere() && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    clearTimeout(deadline);
  }
}

function isChunked(head: string): boolean {
  return /^transfer-encoding: *chunked/im.test(head);
}

function tell(head: string): string {
  const [status = "", ...headers] = head.trimEnd().split("\r\n");
  return [
    status,
    ...headers
      .filter((header) => TOLD_HEADERS.test(header))
      .map(lowerName)
      .sort(),
  ].join("\n");
}

/** The case of a header's name is no matter, nor is the order of the headers. */
function lowerName(header: string): string {
  return header.replace(/^[^:]*/, (name) => name.toLowerCase());
}

/** The bytes were read one by one, so that lengths count them. */
function utf8(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

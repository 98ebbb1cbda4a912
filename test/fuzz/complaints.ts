import { connect, type Socket } from "node:net";
import { request } from "./http-message.ts";

/** What the daemon writes of a defect of its own. */
const COMPLAINT = /^.* CRIT .*unexpected (?:error|exception).*$/gm;

/** Follows the daemon's log, as a rotation or a client may take it away any time. */
export class Complaints {
  readonly found: string[] = [];
  readonly #socket: Socket;
  #rest = "";

  private constructor(path: string) {
    this.#socket = connect(path);
    this.#socket.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#socket.on("error", () => {});
  }

  /** Hears everything that is written from now on. */
  static async of(path: string): Promise<Complaints> {
    const complaints = new Complaints(path);
    complaints.#socket.write(request("GET /mainlogtail HTTP/1.1", {}));
    await new Promise((resolve) => complaints.#socket.once("data", resolve));
    return complaints;
  }

  /** Whether the daemon still lets us listen. */
  get isListening(): boolean {
    return this.#socket.readable;
  }

  end(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    const text = this.#rest + chunk.toString("utf8");
    const end = text.lastIndexOf("\n") + 1;
    this.#rest = text.slice(end);
    this.found.push(...(text.slice(0, end).match(COMPLAINT) ?? []));
  }
}

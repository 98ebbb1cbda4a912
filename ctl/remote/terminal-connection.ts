import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { WebSocket } from "ws";
import type { TerminalSize } from "../../src/model/terminal.ts";
import { connectionFailure } from "./http-post.ts";
import { type CallFailure, failed, type Reply } from "./reply.ts";
import { daemonTarget, type ServerAccess } from "./server-access.ts";

/** What the daemon says of the program beside what the program writes. */
export interface TerminalMessage {
  readonly type: string;
  readonly pid?: number | null;
}

export interface TerminalHearer {
  /** The program has written this, or had written it before. */
  show(bytes: Buffer): void;
  tell(message: TerminalMessage): void;
  /** The daemon has ended the connection, or it broke. */
  end(): void;
}

export interface TerminalRequest {
  readonly name: string;
  readonly size: TerminalSize;
  readonly readOnly: boolean;
}

/** A terminal of the daemon, from afar. */
export class TerminalConnection {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** @returns a failure with the status of the answer when the daemon has no such terminal. */
  static open(
    access: ServerAccess,
    { name, size, readOnly }: TerminalRequest,
    hearer: TerminalHearer,
  ): Promise<Reply<TerminalConnection>> {
    const target = daemonTarget(access);
    if (target === null) return Promise.resolve(failed(`Unknown protocol for serverurl ${access.url}`));
    const { socketPath, host, port, headers } = target;
    const query = `columns=${size.columns}&rows=${size.rows}${readOnly ? "&mode=read" : ""}`;
    const authority = socketPath ? "localhost" : `${String(host).includes(":") ? `[${host}]` : host}:${port}`;
    const socket = new WebSocket(`ws://${authority}/attach/${encodeURIComponent(name)}?${query}`, {
      headers,
      perMessageDeflate: false,
      ...(socketPath ? { createConnection: () => connect({ path: socketPath }) } : {}),
    });
    return new Promise((resolve) => {
      const refuse = (failure: CallFailure) => resolve({ ok: false, failure });
      socket.on("open", () => resolve({ ok: true, value: new TerminalConnection(socket) }));
      socket.on("unexpected-response", (_request, response: IncomingMessage) => {
        refuse({ kind: "http", status: response.statusCode ?? 0, reason: response.statusMessage ?? "" });
        response.destroy();
      });
      socket.on("error", (error) => refuse(connectionFailure(error)));
      socket.on("message", (message: Buffer, isBinary) => {
        if (isBinary) hearer.show(message);
        else hearer.tell(JSON.parse(message.toString()));
      });
      socket.on("close", () => hearer.end());
    });
  }

  type(bytes: Buffer): void {
    this.#socket.send(bytes, { binary: true });
  }

  resize({ columns, rows }: TerminalSize): void {
    this.#socket.send(JSON.stringify({ type: "resize", columns, rows }));
  }

  close(): void {
    this.#socket.close();
  }
}

import type { Request, RequestHandler } from "express";
import type { WebSocket, WebSocketServer } from "ws";
import type { ProcessId } from "../model/namespec.ts";
import type { AttachableTerminal, Attachment, TerminalSize } from "../model/terminal.ts";
import type { RpcContext } from "../rpc/context.ts";
import { resolveProcess } from "../rpc/resolve.ts";
import { roleOf } from "./authentication.ts";
import { isSameOrigin } from "./origin-check.ts";
import { sendText } from "./plain-text.ts";
import { requestPath, requestQuery } from "./request-path.ts";
import { takeUpgrade } from "./upgrades.ts";

/** The terminals of processes. */
export interface Terminals {
  /** `null` for a process that has none. */
  terminal(id: ProcessId): AttachableTerminal | null;
}

const PATH = "/attach/";

const MAX_SESSIONS = 200;

/** Bytes that may wait for a viewer; one that is slower than its program is shown only where the program has got to. */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** The longest message that a viewer may send, in bytes; what is pasted comes in many. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Proxies end a connection that says nothing for long; in milliseconds. */
const SIGN_OF_LIFE_MS = 25_000;

/** In characters, each way. */
const MAX_SIZE = 1000;

/** Brings a terminal back to how it was when it was switched on. */
const RESET = "\u001bc";

/**
 * Puts the terminals of processes on the terminals of whoever asks for `GET /attach/NAMESPEC` as a WebSocket. Bytes go both ways as
 * binary messages; texts are JSON: the viewer tells its size, the daemon what becomes of the program.
 */
export class TerminalSessions {
  readonly #terminals: Terminals;
  readonly #sessions = new Set<TerminalSession>();
  #server: Promise<WebSocketServer> | null = null;

  constructor(terminals: Terminals) {
    this.#terminals = terminals;
  }

  /** Answers `GET /attach/NAMESPEC?columns=80&rows=24`, with `mode=read` for one who only looks. */
  endpoint({ supervisor }: RpcContext): RequestHandler {
    return async (request, response, next) => {
      const path = requestPath(request);
      if (!path.startsWith(PATH)) return next();
      if (request.method !== "GET") return sendText(response, 405, "a terminal is asked for with GET");
      // A browser lets any page open a WebSocket to anywhere, and sends the password that it knows.
      if (!isSameOrigin(request.headers)) return sendText(response, 403, "a page of another site may not attach");
      const name = path.slice(PATH.length);
      const process = resolveProcess(supervisor, name);
      if (!process.ok) return sendText(response, 404, `there is no process ${name}`);
      const terminal = this.#terminals.terminal(process.value.id);
      if (terminal === null) return sendText(response, 409, `${name} runs on no terminal: its program lacks tty: true`);
      if (this.#sessions.size >= MAX_SESSIONS) return sendText(response, 503, `too many: ${MAX_SESSIONS} are attached`);
      const upgrade = takeUpgrade(request, response);
      if (upgrade === null) {
        response.setHeader("Upgrade", "websocket");
        return sendText(response, 426, "a terminal is spoken to by WebSocket");
      }
      (await this.#webSockets()).handleUpgrade(request, upgrade.socket, upgrade.head, (socket) =>
        this.#begin(socket, terminal, request),
      );
    };
  }

  /** Ends every session. */
  close(): void {
    for (const session of this.#sessions) session.close();
  }

  #begin(socket: WebSocket, terminal: AttachableTerminal, request: Request): void {
    const query = requestQuery(request);
    const size = sizeOf(Number(query.get("columns")), Number(query.get("rows")));
    const session = new TerminalSession(socket, terminal, {
      size,
      isReadOnly: query.get("mode") === "read" || roleOf(request) === "view",
    });
    this.#sessions.add(session);
    socket.once("close", () => {
      this.#sessions.delete(session);
      session.end();
    });
  }

  /** The package is loaded for the first who needs it. */
  async #webSockets(): Promise<WebSocketServer> {
    this.#server ??= import("ws").then(
      ({ WebSocketServer: Server }) =>
        new Server({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES }),
    );
    return this.#server;
  }
}

interface SessionOptions {
  readonly size: TerminalSize | null;
  readonly isReadOnly: boolean;
}

/** One viewer of one terminal. */
class TerminalSession {
  readonly #socket: WebSocket;
  readonly #attachment: Attachment;
  readonly #isReadOnly: boolean;
  readonly #signsOfLife: NodeJS.Timeout;
  /** Some output was not sent: the viewer is shown the whole screen anew once it can take it. */
  #isBehind = false;

  constructor(socket: WebSocket, terminal: AttachableTerminal, { size, isReadOnly }: SessionOptions) {
    this.#socket = socket;
    this.#isReadOnly = isReadOnly;
    this.#attachment = terminal.attach({
      show: (bytes) => this.#show(bytes),
      tell: (news) => this.#tell(news),
      close: () => this.close(),
    });
    this.#tell({ type: "hello", pid: this.#attachment.pid, read_only: isReadOnly });
    this.#send(this.#attachment.replay());
    if (size !== null && !isReadOnly) this.#attachment.resize(size);
    this.#signsOfLife = setInterval(() => socket.ping(), SIGN_OF_LIFE_MS).unref();
    socket.on("message", (message: Buffer, isBinary) => this.#hear(message, isBinary));
    socket.on("error", () => socket.terminate());
  }

  close(): void {
    this.#socket.close(1001, "the terminal is no more");
  }

  /** The viewer is gone. */
  end(): void {
    clearInterval(this.#signsOfLife);
    this.#attachment.detach();
  }

  #show(bytes: Buffer): void {
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) this.#isBehind = true;
    // The bytes are valid only now, and it may take a while until they are sent.
    if (!this.#isBehind) this.#send(Buffer.from(bytes));
  }

  #send(bytes: Buffer): void {
    this.#socket.send(bytes, { binary: true }, () => {
      if (!this.#isBehind || this.#socket.bufferedAmount > 0) return;
      this.#isBehind = false;
      this.#send(Buffer.concat([Buffer.from(RESET), this.#attachment.replay()]));
    });
  }

  #tell(news: object): void {
    this.#socket.send(JSON.stringify(news));
  }

  #hear(message: Buffer, isBinary: boolean): void {
    if (this.#isReadOnly) return;
    if (isBinary) {
      const typed = this.#attachment.type(message);
      if (!typed.ok) this.#tell({ type: "not-typed", reason: typed.fault.name });
      return;
    }
    const size = readResize(message.toString());
    if (size !== null) this.#attachment.resize(size);
  }
}

/** `{"type": "resize", "columns": 80, "rows": 24}`; anything else means nothing. */
function readResize(text: string): TerminalSize | null {
  try {
    const { type, columns, rows } = Object(JSON.parse(text));
    return type === "resize" ? sizeOf(columns, rows) : null;
  } catch {
    return null;
  }
}

function sizeOf(columns: unknown, rows: unknown): TerminalSize | null {
  const isSize = (count: unknown): count is number => Number.isInteger(count) && Number(count) >= 1 && Number(count) <= MAX_SIZE;
  return isSize(columns) && isSize(rows) ? { columns, rows } : null;
}

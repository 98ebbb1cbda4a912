import { connect, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Answer, AnswerReader } from "./answer-reader.ts";

/** What one client says on one connection. */
export interface Conversation {
  /** How many requests it counts for; also how many answers to wait for. */
  readonly requests: number;
  /** Written one after the other, so that they arrive apart. */
  readonly pieces: readonly Buffer[];
  readonly ending: Ending;
}

/**
 * What the client does when all is said: `read` until every request is answered, `half-close` and read what comes, `hang up` without
 * looking, or `linger`: fall silent and keep the connection.
 */
export type Ending = "read" | "half-close" | "hang up" | "linger";

export type Place = { readonly path: string } | { readonly host: string; readonly port: number };

export interface Heard {
  readonly connected: boolean;
  readonly answers: readonly Answer[];
  /** Set when the server sent what is no HTTP. */
  readonly garbage: Buffer | null;
}

/** How long a client waits for an answer that may never come, in milliseconds. */
const PATIENCE_MS = 500;

/** Clients that say no more but stay; the oldest leaves when there are too many. */
export class Lingerers {
  readonly #sockets: Socket[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(socket: Socket): void {
    this.#sockets.push(socket);
    if (this.#sockets.length > this.#most) this.#sockets.shift()?.destroy();
  }

  leave(): void {
    for (const socket of this.#sockets.splice(0)) socket.destroy();
  }
}

/** Says it all and listens. However the server ends the talk, that is no error. */
export async function converse(place: Place, conversation: Conversation, lingerers: Lingerers): Promise<Heard> {
  const reader = new AnswerReader();
  const socket = connect({ ...place, allowHalfOpen: true });
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()).once("end", () => resolve()));
  // A server that has had enough may reset the connection.
  socket.on("error", () => {});
  const answered = new Promise<void>((resolve) => {
    socket.on("data", (chunk: Buffer) => {
      reader.take(chunk);
      if (reader.answers.length >= conversation.requests) resolve();
    });
  });
  const connected = await new Promise<boolean>((resolve) =>
    socket.once("connect", () => resolve(true)).once("close", () => resolve(false)),
  );
  await write(socket, conversation.pieces);
  await end(socket, conversation, [closed, answered], lingerers);
  return { connected, answers: reader.answers, garbage: reader.garbage };
}

async function write(socket: Socket, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    if (!socket.writable) return;
    socket.write(piece);
    if (pieces.length > 1) await nextTurn();
  }
}

async function end(
  socket: Socket,
  { ending }: Conversation,
  [closed, answered]: readonly [Promise<void>, Promise<void>],
  lingerers: Lingerers,
): Promise<void> {
  if (ending === "linger") {
    lingerers.add(socket);
    return;
  }
  if (ending === "half-close") socket.end();
  if (ending !== "hang up") await patiently(ending === "read" ? [closed, answered] : [closed]);
  socket.destroy();
}

async function patiently(events: readonly Promise<void>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<void>((resolve) => {
    // What has arrived meanwhile is read first: it may be the client who was late.
    timer = setTimeout(() => setImmediate(resolve), PATIENCE_MS);
  });
  await Promise.race([...events, lost]);
  clearTimeout(timer);
}

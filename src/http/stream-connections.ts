import type { Socket } from "node:net";
import type { Check } from "./check.ts";

/**
 * The connections that carry a stream. A stream has no end, so a request behind it could never be answered, and the server would not
 * read on to notice that the client has left: such a request ends the connection.
 */
export class StreamConnections {
  readonly #sockets = new WeakSet<Socket>();

  /** From now on a stream has this connection for itself. */
  add(socket: Socket): void {
    this.#sockets.add(socket);
  }

  readonly guard: Check = ({ socket }) => {
    const isTaken = this.#sockets.has(socket);
    if (isTaken) socket.destroy();
    return !isTaken;
  };
}

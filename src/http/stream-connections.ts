import type { Socket } from "node:net";
import type { RequestHandler } from "express";

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

  readonly guard: RequestHandler = ({ socket }, _response, next) => {
    if (this.#sockets.has(socket)) socket.destroy();
    else next();
  };
}

import { createServer, type RequestListener, type Server, type ServerOptions, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type ErrorStatus, errorPage } from "./error-page.ts";
import { offerUpgrades } from "./upgrades.ts";

/**
 * Times in milliseconds. A call that waits is limited by none of them, as they end with the receipt of its request; a client that
 * dawdles over its headers is cut off.
 */
const OPTIONS: ServerOptions = {
  headersTimeout: 60_000,
  requestTimeout: 300_000,
  // It wakes a daemon that has nothing to do otherwise.
  connectionsCheckingInterval: 60_000,
  // Clients poll with one connection, often once a minute.
  keepAliveTimeout: 600_000,
  noDelay: true,
  // Finds out about clients that vanished while they waited or followed a log.
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
  // HTTP/1.1 asks for a Host header; some clients of a unix socket send none.
  requireHostHeader: false,
};

/** Makes a server for an app, not listening yet. */
export function createHttpServer(app: RequestListener): Server {
  const server = createServer(OPTIONS, app);
  server.on("clientError", answerClientError);
  offerUpgrades(server, app);
  return server;
}

const STATUS_BY_ERROR: ReadonlyMap<string | undefined, ErrorStatus> = new Map([
  ["HPE_HEADER_OVERFLOW", 431],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
]);

/** How long a client that sent no HTTP may take to read the answer, in milliseconds. */
const FAREWELL_MS = 2000;

/**
 * Answers bytes that are no HTTP, as far as the connection still takes an answer, and then closes it: nobody else would. While many
 * answers wait for their turn the server does not even read, so it would never notice that the client has left.
 */
function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  // What follows the last request of a connection is not looked at; the answer to that request closes it.
  if (error.code === "HPE_CLOSED_CONNECTION") return;
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = STATUS_BY_ERROR.get(error.code) ?? 400;
  const body = errorPage(status);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/html\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  // To close at once would take the answer back from a client that is still sending.
  const farewell = setTimeout(() => socket.destroy(), FAREWELL_MS);
  socket.once("close", () => clearTimeout(farewell));
}

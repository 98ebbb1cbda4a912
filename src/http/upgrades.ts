import { type IncomingMessage, type RequestListener, type Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** A connection whose client wants to go on with another protocol than HTTP. */
export interface Upgrade {
  readonly socket: Duplex;
  /** What came behind the request. */
  readonly head: Buffer;
}

const offers = new WeakMap<IncomingMessage, Upgrade>();

/**
 * Lets a handler of the app take over a connection, after the request has passed all the checks that any request has to pass. Who asks
 * for a protocol that is not spoken here is answered in HTTP.
 */
export function offerUpgrades(server: Server, app: RequestListener): void {
  server.on("upgrade", (request, socket, head) => {
    const isWebSocket = request.method === "GET" && /^websocket$/i.test(request.headers.upgrade ?? "");
    if (!isWebSocket) return answerInHttp(server, request, { socket, head });
    // Nobody else listens any more, and an error without a listener would end the daemon.
    socket.on("error", () => socket.destroy());
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Parameters<typeof response.assignSocket>[0]);
    response.once("finish", () => socket.end());
    offers.set(request, { socket, head });
    app(request, response);
  });
}

/** Takes the connection of a request, whose response is not to be used any more; `null` when its client wants no upgrade. */
export function takeUpgrade(request: IncomingMessage, response: ServerResponse): Upgrade | null {
  const upgrade = offers.get(request);
  if (upgrade === undefined) return null;
  offers.delete(request);
  response.detachSocket(request.socket);
  return upgrade;
}

/** What an upgrade is asked for with. */
const UPGRADE_HEADERS: readonly string[] = ["upgrade", "http2-settings"];

/** Gives the connection back to the server, as if the request had asked for nothing more; curl, for one, asks for HTTP/2 so. */
function answerInHttp(server: Server, request: IncomingMessage, { socket, head }: Upgrade): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const [name = "", value = ""] = request.rawHeaders.slice(index, index + 2);
    const kept = name.toLowerCase() === "connection" ? withoutUpgrade(value) : value;
    if (!UPGRADE_HEADERS.includes(name.toLowerCase())) lines.push(`${name}: ${kept}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}

function withoutUpgrade(tokens: string): string {
  const kept = tokens.split(",").filter((token) => !UPGRADE_HEADERS.includes(token.trim().toLowerCase()));
  return kept.join(",").trim();
}

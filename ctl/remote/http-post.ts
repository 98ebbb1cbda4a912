import { connect } from "node:net";
import { type CallFailure, failed, type Reply } from "./reply.ts";
import type { DaemonTarget } from "./server-access.ts";

export interface HttpAnswer {
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/**
 * Posts a body on a connection of its own, in HTTP/1.0: the answer then ends where the connection does, and is never chunked. Node's own
 * client would take 6 ms of the 60 that a command has, only to be loaded.
 */
export function post(
  { socketPath, host, port, headers: own }: DaemonTarget,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Reply<HttpAnswer>> {
  const authority = String(host).includes(":") ? `[${host}]` : host;
  const all = {
    Host: socketPath ? "localhost" : `${authority}:${port}`,
    ...own,
    ...headers,
    "Content-Length": Buffer.byteLength(body),
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${String(value).replace(/[\r\n]/g, "")}\r\n`);
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const socket = socketPath ? connect({ path: socketPath }) : connect({ host: String(host), port: Number(port) });
    // Finds out about a daemon that vanished while it was waited for.
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.on("data", (piece: Buffer) => pieces.push(piece));
    socket.on("error", (error) => resolve({ ok: false, failure: connectionFailure(error) }));
    socket.on("end", () => {
      resolve(readAnswer(Buffer.concat(pieces)));
      socket.destroy();
    });
    socket.write(`POST /RPC2 HTTP/1.0\r\n${head.join("")}\r\n${body}`);
  });
}

const KEEP_ALIVE_MS = 60_000;

function readAnswer(bytes: Buffer): Reply<HttpAnswer> {
  const end = bytes.indexOf("\r\n\r\n");
  const [status = "", ...lines] = bytes.toString("latin1", 0, Math.max(0, end)).split("\r\n");
  const [, code, reason = ""] = /^HTTP\/1\.\d (\d{3}) ?(.*)$/.exec(status) ?? [];
  if (code === undefined) return failed(bytes.length === 0 ? "socket hang up" : "the daemon's answer is no HTTP");
  if (code !== "200") return { ok: false, failure: { kind: "http", status: Number(code), reason } };
  const headers = new Map(lines.map(splitHeader));
  const body = bytes.subarray(end + 4);
  if (body.length < Number(headers.get("content-length") ?? 0)) return failed("the daemon's answer was cut off");
  return { ok: true, value: { headers, body } };
}

function splitHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

/** What kept a request from being answered. */
export function connectionFailure({ code, message }: NodeJS.ErrnoException): CallFailure {
  if (code === "ECONNREFUSED") return { kind: "refused" };
  if (code === "ENOENT") return { kind: "missing" };
  return { kind: "other", message };
}

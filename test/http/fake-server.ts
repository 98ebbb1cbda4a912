import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Request, Response } from "express";
import { onTestFinished } from "vitest";
import { createHttpApp } from "../../src/http/app.ts";
import { doLegacyAction } from "../../src/http/legacy-actions.ts";
import { type EventFeed, LiveEvents } from "../../src/http/live-events.ts";
import { fileFollower, type LogFollower } from "../../src/http/log-follower.ts";
import { Page, refuseAction } from "../../src/http/page.ts";
import { createHttpServer } from "../../src/http/server.ts";
import { TerminalSessions } from "../../src/http/terminal-sessions.ts";
import { LogGrowth } from "../../src/logs/log-growth.ts";
import type { InetServerConfig, ServerConfig } from "../../src/model/config.ts";
import { methodTable } from "../../src/rpc/table.ts";
import { FakeDaemon } from "../rpc/fake-daemon.ts";
import { aGroup, aProcess } from "../support/build-config.ts";

/** What the page's calls carry. */
export const TOKEN = "0123456789abcdef";

const PAGE_FOLDER = join(import.meta.dirname, "../../dist/web");

/** A real HTTP server in front of a daemon that exists in memory only; it ends with the test. */
export interface FakeServer {
  readonly daemon: FakeDaemon;
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  /** Everything logged, as `level message`. */
  readonly logged: string[];
  /** A connection of its own, closed with the server. */
  connect(): Promise<Socket>;
  /** Sends bytes on a connection of its own, and reads until the server closes it. */
  exchange(bytes: string | Buffer): Promise<string>;
}

export interface FakeServerOptions {
  readonly server?: Partial<InetServerConfig>;
  /** Listens on this unix socket instead. */
  readonly unixSocket?: boolean;
  readonly follower?: LogFollower;
  readonly feed?: EventFeed;
}

export async function startFakeServer(options: FakeServerOptions = {}): Promise<FakeServer> {
  const folder = mkdtempSync(join(tmpdir(), "http-"));
  const daemon = new FakeDaemon([aGroup("cat"), aGroup("web", [aProcess("web_0"), aProcess("web_1")])]);
  const logged: string[] = [];
  const methods = methodTable({ supervisorInterface: true });
  const act = options.server?.legacyGetActions
    ? (request: Request, response: Response) => doLegacyAction(request, response, { context: daemon, methods })
    : refuseAction;
  const server = createHttpServer(
    createHttpApp({
      server: serverConfig(options, folder),
      context: daemon,
      methods,
      log: { isEnabled: () => true, log: (level, message) => logged.push(`${level} ${message}`) },
      follower: options.follower ?? fileFollower(new LogGrowth()),
      terminals: new TerminalSessions({ terminal: () => null }),
      page: new Page({ folder: PAGE_FOLDER, token: TOKEN, act }),
      token: TOKEN,
      live: new LiveEvents({ feed: options.feed ?? { watch: () => () => undefined }, greeting: () => ({ pid: 1 }) }),
    }),
  );
  const path = options.unixSocket ? join(folder, "sock") : null;
  await new Promise<void>((resolve) => (path === null ? server.listen(0, "127.0.0.1", resolve) : server.listen(path, resolve)));
  const port = path === null ? (server.address() as AddressInfo).port : 0;
  const sockets = new Set<Socket>();
  const open = async (): Promise<Socket> => {
    const socket =
      path === null ? connect({ port, host: "127.0.0.1", allowHalfOpen: true }) : connect({ path, allowHalfOpen: true });
    sockets.add(socket);
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    return socket;
  };
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });
  return {
    daemon,
    port,
    url: path === null ? `http://127.0.0.1:${port}` : `unix://${path}`,
    folder,
    logged,
    connect: open,
    exchange: async (bytes) => {
      const socket = await open();
      const answer = readToEnd(socket);
      socket.write(bytes);
      return await answer;
    },
  };
}

/** Everything that comes until the other side closes. */
export function readToEnd(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    socket.on("error", reject);
  });
}

/** An XML-RPC request as clients send it. */
export function rpcBody(method: string, params = ""): string {
  return `<?xml version='1.0'?>\n<methodCall>\n<methodName>${method}</methodName>\n<params>\n${params}</params>\n</methodCall>\n`;
}

/** One HTTP request; it asks the server to close afterwards unless told otherwise. */
export function httpRequest(line: string, headers: Readonly<Record<string, string>> = {}, body = ""): string {
  const all = { Host: "localhost", Connection: "close", ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${head.join("")}\r\n${body}`;
}

export function rpcRequest(method: string, params = "", headers: Readonly<Record<string, string>> = {}): string {
  const body = rpcBody(method, params);
  return httpRequest("POST /RPC2", { "Content-Length": String(Buffer.byteLength(body)), ...headers }, body);
}

function serverConfig({ server, unixSocket }: FakeServerOptions, folder: string): ServerConfig {
  if (unixSocket) {
    const file = join(folder, "sock");
    return { kind: "unix", section: "unix_http_server", file, mode: 0o700, owner: null, credentials: null };
  }
  return { kind: "inet", section: "inet_http_server", host: "127.0.0.1", port: 9001, credentials: null, ...server };
}

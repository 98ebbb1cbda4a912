import { closeSync } from "node:fs";
import type { FcgiSocketConfig } from "../model/config.ts";
import type { LogLevel } from "../model/log-level.ts";
import { errorCode } from "../os/error-code.ts";
import { HostAddresses } from "../os/host-addresses.ts";
import { openTcpListener, openUnixListener } from "../os/listening-socket.ts";

/** One child's share in a listening socket. */
export interface SocketLease {
  /** Belongs to all who share it; the child gets a copy. */
  readonly fd: number;
  /** The child is gone, or could not be made. */
  release(): void;
}

export type LeaseOutcome = { readonly ok: true; readonly lease: SocketLease } | { readonly ok: false; readonly problem: string };

interface OpenSocket {
  readonly fd: number;
  /** Children that share it. */
  users: number;
}

/**
 * The listening sockets of FastCGI programs. All processes that are configured with the same one share it, whatever their group; it
 * is opened for the first child and closed when the last one is gone. The file of a unix socket stays.
 */
export class FcgiSockets {
  readonly #log: (level: LogLevel, message: string) => void;
  readonly #hosts = new HostAddresses();
  readonly #open = new Map<string, OpenSocket>();

  constructor(log: (level: LogLevel, message: string) => void) {
    this.#log = log;
  }

  /** A process that may need it soon became active: a name service is asked in time. */
  foresee({ url }: FcgiSocketConfig): void {
    const place = parseUrl(url);
    if (place.kind === "tcp") this.#hosts.find(place.host);
  }

  /** @returns `problem` as the `spawnerr` text. */
  lease(config: FcgiSocketConfig): LeaseOutcome {
    const key = JSON.stringify(config);
    let socket = this.#open.get(key);
    if (socket === undefined) {
      this.#log("info", `Creating socket ${config.url}`);
      const opened = this.#create(config);
      if (typeof opened === "string") return { ok: false, problem: `cannot create socket ${config.url}: ${opened}` };
      socket = { fd: opened, users: 0 };
      this.#open.set(key, socket);
    }
    const { fd } = socket;
    socket.users += 1;
    return { ok: true, lease: { fd, release: () => this.#release(key, config.url) } };
  }

  /** Closes all of them. */
  close(): void {
    for (const { fd } of this.#open.values()) closeSync(fd);
    this.#open.clear();
  }

  #release(key: string, url: string): void {
    const socket = this.#open.get(key);
    if (socket === undefined) return;
    socket.users -= 1;
    if (socket.users > 0) return;
    this.#log("info", `Closing socket ${url}`);
    closeSync(socket.fd);
    this.#open.delete(key);
  }

  /** @returns the descriptor, or why there is none. */
  #create({ url, owner, mode, backlog }: FcgiSocketConfig): number | string {
    const place = parseUrl(url);
    try {
      if (place.kind === "unix") return openUnixListener(place.path, { mode: mode ?? DEFAULT_MODE, owner, backlog });
      const host = this.#hosts.find(place.host);
      if (host.kind === "known") return openTcpListener(host.address, place.port, backlog);
      return host.kind === "failed" ? host.error : `the address of ${place.host} is not known yet`;
    } catch (error) {
      return errorCode(error);
    }
  }
}

const DEFAULT_MODE = 0o700;
const UNIX = "unix://";
const TCP = "tcp://";

type Place =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

/** Reads a URL in the normal form that the configuration has. */
function parseUrl(url: string): Place {
  if (url.startsWith(UNIX)) return { kind: "unix", path: url.slice(UNIX.length) };
  const colon = url.lastIndexOf(":");
  return { kind: "tcp", host: url.slice(TCP.length, colon), port: Number(url.slice(colon + 1)) };
}

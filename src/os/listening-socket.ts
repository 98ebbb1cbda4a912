import { chmodSync, chownSync, closeSync, lstatSync, rmSync } from "node:fs";
import { systemError } from "./error-code.ts";
import { libc } from "./libc.ts";

const AF_UNIX = 1;
const AF_INET = 2;
const SOCK_STREAM = 1;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;

/** The kernel's own bound (net.core.somaxconn) applies all the same. */
const SOMAXCONN = 4096;

/** What a path of a unix socket may have, with its final zero. @see unix(7) */
const UNIX_PATH_BYTES = 108;

export interface UnixListenerOptions {
  readonly mode: number;
  /** `null` keeps the daemon's own. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** `null` for as many as the system allows. */
  readonly backlog: number | null;
}

/**
 * Opens a listening unix socket at `path`, in place of one that is left from earlier; any other file there is an error. It can be
 * connected to with its final mode only.
 * @returns a blocking descriptor, for a child to accept on.
 * @throws the system's error; nothing stays behind then.
 */
export function openUnixListener(path: string, { mode, owner, backlog }: UnixListenerOptions): number {
  if (Buffer.byteLength(path) >= UNIX_PATH_BYTES) {
    throw Object.assign(new Error(`ENAMETOOLONG: bind '${path}'`), { code: "ENAMETOOLONG" });
  }
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path, { force: true });
  const fd = openSocket(AF_UNIX, path);
  try {
    bindPrivately(fd, path);
    try {
      if (owner !== null) chownSync(path, owner.uid, owner.gid);
      chmodSync(path, mode);
      listen(fd, path, backlog);
      return fd;
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/**
 * Opens a listening TCP socket.
 * @param address - dotted IPv4.
 * @returns a blocking descriptor, for a child to accept on.
 * @throws the system's error.
 */
export function openTcpListener(address: string, port: number, backlog: number | null): number {
  const place = `${address}:${port}`;
  const fd = openSocket(AF_INET, place);
  try {
    const enabled = Buffer.alloc(4);
    enabled.writeInt32LE(1);
    check(libc.setSocketOption(fd, SOL_SOCKET, SO_REUSEADDR, enabled, enabled.length), "setsockopt", place);
    const name = Buffer.alloc(16);
    name.writeUInt16LE(AF_INET);
    name.writeUInt16BE(port, 2);
    name.set(address.split(".").map(Number), 4);
    check(libc.bind(fd, name, name.length), "bind", place);
    listen(fd, place, backlog);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openSocket(family: number, place: string): number {
  const fd = libc.socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  check(fd, "socket", place);
  return fd;
}

/** The umask covers the moment before the mode is set. */
function bindPrivately(fd: number, path: string): void {
  const name = Buffer.alloc(2 + Buffer.byteLength(path) + 1);
  name.writeUInt16LE(AF_UNIX);
  name.write(path, 2);
  const own = process.umask(0o177);
  try {
    check(libc.bind(fd, name, name.length), "bind", path);
  } finally {
    process.umask(own);
  }
}

function listen(fd: number, place: string, backlog: number | null): void {
  check(libc.listen(fd, backlog ?? SOMAXCONN), "listen", place);
}

function check(result: number, call: string, place: string): void {
  if (result < 0) throw systemError(call, place);
}

import { chmodSync, chownSync, linkSync, rmSync } from "node:fs";
import { createConnection, type Server } from "node:net";
import { userInfo } from "node:os";
import type { UnixServerConfig } from "../model/config.ts";
import { errorCode } from "./error-code.ts";
import { type ListenOutcome, listen, listenFailure } from "./listen.ts";

/**
 * Makes a server listen on a unix socket that appears under its name with its final mode: it is bound to a temporary name first
 * and then linked. A socket file that nobody serves is replaced.
 * @param onStale - told before such a file is removed.
 * @see supervisor/http.py supervisor_af_unix_http_server
 */
export async function listenOnUnixSocket(
  server: Server,
  { file, mode, owner }: Pick<UnixServerConfig, "file" | "mode" | "owner">,
  onStale: (file: string) => void,
): Promise<ListenOutcome> {
  const temporary = `${file}.${process.pid}`;
  try {
    rmSync(temporary, { force: true });
    const bound = await listenPrivately(server, temporary);
    if (!bound.ok) return bound;
    chmodSync(temporary, mode);
    const linked = await linkInPlace(temporary, file, onStale);
    if (!linked.ok) server.close();
    else if (owner !== null) return changeOwner(server, file, owner);
    return linked;
  } catch (error) {
    server.close();
    return listenFailure(error);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Removes the file of a socket when the daemon leaves. */
export function removeUnixSocket(file: string): void {
  rmSync(file, { force: true });
}

/** `listen` binds before it returns, so the umask covers the moment before the mode is set. */
function listenPrivately(server: Server, path: string): Promise<ListenOutcome> {
  const own = process.umask(0o177);
  try {
    return listen(server, { path });
  } finally {
    process.umask(own);
  }
}

async function linkInPlace(temporary: string, file: string, onStale: (file: string) => void): Promise<ListenOutcome> {
  for (;;) {
    try {
      linkSync(temporary, file);
      return { ok: true };
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
    if (await isServed(file)) return { ok: false, kind: "in-use" };
    onStale(file);
    rmSync(file, { force: true });
  }
}

/** A server that accepts but says nothing for so long is alive all the same. */
const PROBE_TIMEOUT_MS = 2000;

/** Whether anybody answers there. */
function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const settle = (served: boolean): void => {
      socket.destroy();
      resolve(served);
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => settle(true));
    socket.once("connect", () => socket.write("GET / HTTP/1.0\r\n\r\n"));
    socket.once("data", () => settle(true));
    socket.once("end", () => settle(false));
    // A full backlog answers EAGAIN, a file of somebody else EACCES: both are no sign of death.
    socket.once("error", (error) => settle(["EAGAIN", "EACCES", "EPERM"].includes(errorCode(error))));
  });
}

function changeOwner(server: Server, file: string, owner: { readonly uid: number; readonly gid: number }): ListenOutcome {
  try {
    chownSync(file, owner.uid, owner.gid);
    return { ok: true };
  } catch (error) {
    server.close();
    removeUnixSocket(file);
    if (errorCode(error) !== "EPERM") return listenFailure(error);
    return { ok: false, kind: "refused", problem: notPermittedToChown(file, owner) };
  }
}

function notPermittedToChown(file: string, { uid, gid }: { readonly uid: number; readonly gid: number }): string {
  return (
    `Not permitted to chown ${file} to uid/gid (${uid}, ${gid}); adjust "sockchown" value in config file or on command line to ` +
    `values that the current user (${userInfo().username}) can successfully chown`
  );
}

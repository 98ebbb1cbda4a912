import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { runtimeFolder } from "../config/runtime-folder.ts";
import type { Config, UserAccount } from "../model/config.ts";
import type { ConfigWorld } from "../model/config-world.ts";

const PIPES = /^pipes-(\d+)$/;

/**
 * Makes the runtime folder, where the default socket and pid file lie, and in it or in the configured place the private directory of
 * this daemon's pipes. What daemons that are gone have left there is removed. New folders belong to the user that the daemon becomes.
 * @returns the path of the private directory.
 * @throws Error that says which folder and why.
 */
export function makeRuntimeDirectory(config: Config, world: ConfigWorld): string {
  const { runtimedir, user } = config.daemon;
  const usual = runtimeFolder(world);
  const parent = runtimedir ?? usual;
  const path = join(parent, `pipes-${process.pid}`);
  try {
    if (parent === usual || hasPathsIn(config, usual)) ensureFolder(usual, user);
    mkdirSync(parent, { recursive: true });
    removeLeftovers(parent);
    mkdirSync(path, { mode: 0o700 });
    if (user !== null) chownSync(path, user.uid, user.gid);
    return path;
  } catch (error) {
    throw new Error(`cannot make the runtime directory ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

export function removeRuntimeDirectory(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

function hasPathsIn({ daemon, servers }: Config, folder: string): boolean {
  const sockets = servers.flatMap((server) => (server.kind === "unix" ? [server.file] : []));
  return [daemon.pidfile, ...sockets].some((path) => dirname(path) === folder);
}

/** In a place where everybody may write, a folder that is there already could be somebody else's trap. */
function ensureFolder(path: string, user: UserAccount | null): void {
  if (!existsSync(path)) {
    mkdirSync(path, { recursive: true, mode: 0o755 });
    if (user !== null) chownSync(path, user.uid, user.gid);
  }
  const owner = statSync(path).uid;
  if (owner !== process.getuid?.() && owner !== user?.uid) throw new Error(`${path} belongs to another user`);
}

/** A crash leaves the directory behind; nobody opens these pipes by name any more. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = PIPES.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) removeRuntimeDirectory(join(parent, name));
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

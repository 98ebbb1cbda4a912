import { chownSync, closeSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { runtimeFolder } from "../config/runtime-folder.ts";
import type { Config, UserAccount } from "../model/config.ts";
import type { ConfigWorld } from "../model/config-world.ts";
import { lock } from "../os/lock.ts";

const PIPES = /^pipes-(\d+)-\w{6}$/;

/** File systems that are memory, by `statfs`. @see /usr/include/linux/magic.h */
const MEMORY_FILE_SYSTEMS: readonly number[] = [0x0102_1994, 0x8584_58f6];

/** Memory that every user may have files in. */
const SHARED_MEMORY = "/dev/shm";

/**
 * Makes the runtime folder, where the default socket and pid file lie, and the private directory of this daemon's pipes. The pipes are in
 * the configured place; else in that folder when it is in memory, as it is nearly everywhere but in containers; else in shared memory: to
 * make a pipe on a disk takes a hundred times as long. What daemons that are gone have left there is removed. New folders belong to the
 * user that the daemon becomes.
 * @returns the path of the private directory.
 * @throws Error that says which folder and why.
 */
export function makeRuntimeDirectory(config: Config, world: ConfigWorld): string {
  const { runtimedir, user } = config.daemon;
  const usual = runtimeFolder(world);
  try {
    if (hasPathsIn(config, usual)) ensureFolder(usual, user);
    if (runtimedir !== null) return makePrivate(runtimedir, user);
    if (!isMemory(usual) && isMemory(SHARED_MEMORY)) {
      const made = attemptPrivate(join(SHARED_MEMORY, `taskmaster-${user?.uid ?? world.uid}`), user);
      if (made !== null) return made;
    }
    ensureFolder(usual, user);
    return makePrivate(usual, user);
  } catch (error) {
    const place = runtimedir ?? usual;
    throw new Error(`cannot make a runtime directory in ${place}: ${error instanceof Error ? error.message : error}`);
  }
}

/** @returns `null` where it cannot be: in a place of everybody's somebody else may have been first. */
function attemptPrivate(parent: string, user: UserAccount | null): string | null {
  try {
    ensureFolder(parent, user);
    return makePrivate(parent, user);
  } catch {
    return null;
  }
}

function makePrivate(parent: string, user: UserAccount | null): string {
  mkdirSync(parent, { recursive: true });
  removeLeftovers(parent);
  // Containers may share the memory and have daemons of the same pid.
  const path = mkdtempSync(join(parent, `pipes-${process.pid}-`));
  if (user !== null) chownSync(path, user.uid, user.gid);
  return path;
}

/** Whether a folder, or that in which it would be made, is in memory. */
function isMemory(path: string): boolean {
  try {
    return MEMORY_FILE_SYSTEMS.includes(statfsSync(path).type);
  } catch {
    return path !== dirname(path) && isMemory(dirname(path));
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
  // Of a symbolic link it is its own owner that counts: whoever made it decides where it leads.
  const owner = lstatSync(path).uid;
  if (owner !== process.getuid?.() && owner !== user?.uid) throw new Error(`${path} belongs to another user`);
}

/**
 * A crash leaves the directory behind; nobody opens these pipes by name any more. A daemon in another container, of whose pid nothing
 * is known here, holds the lock of its directory.
 */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = PIPES.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)) && !isLocked(join(parent, name))) removeRuntimeDirectory(join(parent, name));
  }
}

/** What cannot be opened is somebody else's, or has just gone. */
function isLocked(path: string): boolean {
  try {
    const held = lock(path);
    if (held !== null) closeSync(held);
    return held === null;
  } catch {
    return true;
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

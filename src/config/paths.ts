import { resolve } from "node:path";
import type { ConfigWorld } from "../model/config-world.ts";

/** Replaces a leading `~` or `~user` by the home directory; a path of an unknown user stays as it is. */
export function expandUser(path: string, world: ConfigWorld): string {
  if (!path.startsWith("~")) return path;
  const slash = path.indexOf("/");
  const end = slash < 0 ? path.length : slash;
  const home = world.homeDirectory(end === 1 ? null : path.slice(1, end));
  return home === null ? path : home.replace(/\/+$/, "") + path.slice(end) || "/";
}

/** The absolute, normalised form of a path, `~` expanded, counted from the directory that the daemon was started in. */
export function absolutePath(path: string, world: ConfigWorld): string {
  return resolve(world.cwd, expandUser(path, world));
}

export function isExistingDirectory(path: string, world: ConfigWorld): boolean {
  return world.isDirectory(absolutePath(path, world));
}

/** Whether the directory that would hold a file exists; a bare file name is always fine. */
export function hasExistingParent(path: string, world: ConfigWorld): boolean {
  const expanded = expandUser(path, world);
  const slash = expanded.lastIndexOf("/");
  if (slash < 0) return true;
  return world.isDirectory(resolve(world.cwd, expanded.slice(0, slash + 1)));
}

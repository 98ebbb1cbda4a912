import { chmodSync, lstatSync, mkdirSync, rmdirSync } from "node:fs";

/**
 * Makes sure that the directory of the pipes exists and is nobody else's: who can open a pipe in it can read a program's output.
 * @throws when it belongs to another user or is no directory.
 */
export function prepareRuntimeDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const stats = lstatSync(path);
  if (!stats.isDirectory() || stats.uid !== process.geteuid?.()) {
    throw new Error(`cannot use runtime directory ${path}: it must be a directory of the user that runs the daemon`);
  }
  if ((stats.mode & 0o777) !== 0o700) chmodSync(path, 0o700);
}

/** Removes the directory when nothing is in it. */
export function removeRuntimeDirectory(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Something of another daemon's is in it, or it is the administrator's.
  }
}

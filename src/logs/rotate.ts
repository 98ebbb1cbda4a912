import { closeSync, fstatSync, ftruncateSync, openSync, readSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { errorCode } from "../os/error-code.ts";

/**
 * Moves a log and its backups one number up: `log` becomes `log.1`, the oldest one of more than `backups` is replaced. Missing files
 * are no problem.
 * @throws the system's error.
 * @see supervisor/loggers.py doRollover()
 */
export function shiftBackups(path: string, backups: number): void {
  // ext4 writes a file to the disk, and waits for that, before another takes its place by its name.
  harmlessly(() => unlinkSync(`${path}.${backups}`));
  for (let number = backups - 1; number >= 1; number--) rename(`${path}.${number}`, `${path}.${number + 1}`);
  rename(path, `${path}.1`);
}

function rename(from: string, to: string): void {
  harmlessly(() => renameSync(from, to));
}

/** A file that is missing is no problem. */
function harmlessly(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

/** What a rotation without backups may hold in memory. */
const KEPT_BYTES = 16 * 1024 * 1024;

/**
 * Shortens a log that keeps no backups to its newest lines, half of its limit at most, so that there is always something to read.
 * @returns the size of the file now.
 * @throws the system's error.
 */
export function keepNewest(path: string, maxBytes: number): number {
  const fd = openSync(path, "r+");
  try {
    const newest = wholeLines(readTail(fd, Math.min(Math.floor(maxBytes / 2), KEPT_BYTES)));
    ftruncateSync(fd, 0);
    return writeSync(fd, newest, 0, newest.length, 0);
  } finally {
    closeSync(fd);
  }
}

function readTail(fd: number, length: number): Buffer {
  const tail = Buffer.alloc(length);
  const start = Math.max(fstatSync(fd).size - length, 0);
  return tail.subarray(0, readSync(fd, tail, 0, length, start));
}

/** Without the beginning that is cut in the middle of a line; all of it when it is one piece of a long line. */
function wholeLines(tail: Buffer): Buffer {
  const start = tail.indexOf(10) + 1;
  return start === tail.length ? tail : tail.subarray(start);
}

import { randomInt } from "node:crypto";
import { closeSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../os/error-code.ts";

/** Only the daemon's user may read a log that nobody named. */
export const AUTO_LOG_MODE = 0o600;

/** The alphabet and length of Python's `tempfile` names. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789_";
const RANDOM_CHARACTERS = 8;

/**
 * Creates an empty log file with a name of its own, `<process>-<channel>---<identifier>-<random>.log`.
 * @returns its path.
 * @throws the system's error.
 */
export function createAutoLog(folder: string, process: string, channel: "stdout" | "stderr", identifier: string): string {
  for (;;) {
    const path = join(folder, `${process}-${channel}---${identifier}-${randomName()}.log`);
    try {
      closeSync(openSync(path, "wx", AUTO_LOG_MODE));
      return path;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

/**
 * Deletes the AUTO logs, and their backups, of earlier daemons with this identifier. Must not be called before it is certain that
 * no such daemon runs.
 * @returns warnings for the activity log.
 * @see supervisor/options.py clear_autochildlogdir()
 */
export function removeOldAutoLogs(folder: string, identifier: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => isAutoLog(name, identifier))
      .flatMap((name) => remove(join(folder, name)));
  } catch {
    return ["Could not clear childlog dir"];
  }
}

function randomName(): string {
  return Array.from({ length: RANDOM_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** Stricter than supervisord's pattern, which also takes files whose names only begin like this. */
function isAutoLog(name: string, identifier: string): boolean {
  const mark = name.indexOf(`---${identifier}-`);
  if (mark < 1) return false;
  return /^\S+\.log(?:\.\d{1,4})?$/.test(name.slice(mark + identifier.length + 4));
}

function remove(path: string): string[] {
  try {
    rmSync(path);
    return [];
  } catch {
    return [`Failed to clean up '${path}'`];
  }
}

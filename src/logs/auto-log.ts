import { closeSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../os/error-code.ts";
import { pidOf, uniquePart } from "./auto-name.ts";

/** Only the daemon's user may read a log that nobody named. */
export const AUTO_LOG_MODE = 0o600;

/**
 * Creates an empty log file with a name of its own, `<process>-<channel>---<identifier>-<unique>.log`.
 * @returns its path.
 * @throws the system's error.
 */
export function createAutoLog(folder: string, name: string, channel: "stdout" | "stderr", identifier: string): string {
  for (;;) {
    const path = join(folder, `${name}-${channel}---${identifier}-${uniquePart(process.pid)}.log`);
    try {
      closeSync(openSync(path, "wx", AUTO_LOG_MODE));
      return path;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

/**
 * Deletes the AUTO logs, and their backups, of earlier daemons with this identifier. Those of another daemon that still runs stay:
 * `supervisor` is everybody's identifier, and /tmp everybody's folder.
 * @returns warnings for the activity log.
 * @see supervisor/options.py clear_autochildlogdir(), which deletes them all.
 */
export function removeOldAutoLogs(folder: string, identifier: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => isOldAutoLog(name, identifier))
      .flatMap((name) => remove(join(folder, name)));
  } catch {
    return ["Could not clear childlog dir"];
  }
}

/** Stricter than supervisord's pattern, which also takes files whose names only begin like this. */
function isOldAutoLog(name: string, identifier: string): boolean {
  const mark = name.indexOf(`---${identifier}-`);
  if (mark < 1) return false;
  const unique = /^(\S+)\.log(?:\.\d{1,4})?$/.exec(name.slice(mark + identifier.length + 4))?.[1];
  return unique !== undefined && !isAnotherDaemon(pidOf(unique));
}

/** Whether a program like this one runs with that pid. A file that is kept by mistake goes another time. */
function isAnotherDaemon(pid: number): boolean {
  return pid !== process.pid && commandOf(String(pid)) === commandOf("self");
}

function commandOf(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8");
  } catch {
    return null;
  }
}

function remove(path: string): string[] {
  try {
    rmSync(path);
    return [];
  } catch {
    return [`Failed to clean up '${path}'`];
  }
}

import { closeSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../os/error-code.ts";
import { pidOf, uniquePart } from "./auto-name.ts";
import type { LogFile } from "./rotating-file.ts";

/** Only the daemon's user may read a log that nobody named. */
export const AUTO_LOG_MODE = 0o600;

export interface AutoLogName {
  readonly folder: string;
  /** Of the process. */
  readonly name: string;
  readonly channel: "stdout" | "stderr";
  readonly identifier: string;
}

/**
 * A log file with a name of its own, `<process>-<channel>---<identifier>-<unique>.log`. The name is there at once, the file when somebody
 * needs it: thousands of programs that nobody starts would make thousands of empty files.
 */
export class AutoLog implements LogFile {
  readonly #name: AutoLogName;
  #path: string;
  #isCreated = false;

  constructor(name: AutoLogName) {
    this.#name = name;
    this.#path = newPath(name);
  }

  get path(): string {
    return this.#path;
  }

  /**
   * Creates the file, unless that was done before. Should there be a file of this name, which must be somebody else's, the log takes
   * another name.
   * @returns the path.
   * @throws the system's error.
   */
  create(): string {
    while (!this.#isCreated) {
      try {
        closeSync(openSync(this.#path, "wx", AUTO_LOG_MODE));
        this.#isCreated = true;
      } catch (error) {
        if (errorCode(error) !== "EEXIST") throw error;
        this.#path = newPath(this.#name);
      }
    }
    return this.#path;
  }
}

function newPath({ folder, name, channel, identifier }: AutoLogName): string {
  return join(folder, `${name}-${channel}---${identifier}-${uniquePart(process.pid)}.log`);
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

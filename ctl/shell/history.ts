import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const MAX_LINES = 1000;

/** How far the file may grow before it is written anew. */
const MAX_FILE_LINES = 2 * MAX_LINES;

/** A line that may hold a password is not kept. */
const SECRET = /^\s*login\b|--password\b/;

/**
 * The lines typed at the prompt, each once, and the file that keeps them for the next shell. Each line is appended as it is typed, so that
 * several shells can share a file; nobody else may read it. A file that cannot be used is no reason to fail.
 */
export class History {
  readonly #file: string | null;
  /** Newest first. */
  #lines: readonly string[];

  constructor(file: string | null) {
    this.#file = file;
    const kept = file === null ? [] : readLines(file);
    this.#lines = distinct(kept.toReversed()).slice(0, MAX_LINES);
    if (file !== null && kept.length > MAX_FILE_LINES) this.#rewrite(file);
  }

  /** Newest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  add(line: string): void {
    if (line.trim() === "" || SECRET.test(line) || line === this.#lines[0]) return;
    this.#lines = distinct([line, ...this.#lines]).slice(0, MAX_LINES);
    if (this.#file === null) return;
    try {
      mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
      appendFileSync(this.#file, `${line}\n`, { mode: 0o600 });
    } catch {
      return;
    }
  }

  #rewrite(file: string): void {
    try {
      writeFileSync(
        file,
        this.#lines
          .toReversed()
          .map((line) => `${line}\n`)
          .join(""),
        { mode: 0o600 },
      );
      chmodSync(file, 0o600);
    } catch {
      return;
    }
  }
}

/** Where lines are kept that no configuration has a place for. @see XDG Base Directory Specification */
export function defaultHistoryFile({ XDG_STATE_HOME, HOME }: NodeJS.ProcessEnv): string | null {
  const base = XDG_STATE_HOME || (HOME ? `${HOME}/.local/state` : "");
  return base === "" ? null : `${base}/taskmaster/history`;
}

/** None when it cannot be read. */
function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}

function distinct(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}

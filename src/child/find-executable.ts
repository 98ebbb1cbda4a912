import { accessSync, constants, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import type { LaunchConfig } from "../model/config.ts";
import { fail, type Result, succeed } from "../model/fault.ts";
import { quote } from "../model/quote.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Finds what commands would execute. */
export class ExecutableFinder {
  readonly #env: Variables;
  /** By the folders that are searched and the word. Of this turn of the event loop only: the next may find other files. */
  readonly #found = new Map<string, Result<string>>();

  /** @param env - the daemon's environment; a PATH of the program's own comes first. */
  constructor(env: Variables) {
    this.#env = env;
  }

  /**
   * The file that a command would execute. The first word is a path when it has a slash; else the first entry of that name in PATH
   * counts, even one that cannot be executed.
   * @returns NO_FILE or NOT_EXECUTABLE with supervisord's text.
   * @see supervisor/process.py get_execv_args()
   */
  find({ command, environment }: LaunchConfig): Result<string> {
    if (command.problem !== null) {
      return fail("NOT_EXECUTABLE", `can't parse command ${quote(command.text)}: ${command.problem}`);
    }
    const [word] = command.words;
    if (word === undefined) return fail("NOT_EXECUTABLE", "command is empty");
    const path = searchPath(environment, this.#env);
    // Hundreds of processes of one program are looked at, and many of them started, in one turn.
    const key = `${path}\0${word}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = search(word, path);
    if (this.#found.size === 0) setImmediate(() => this.#found.clear());
    this.#found.set(key, found);
    return found;
  }
}

function search(word: string, path: string): Result<string> {
  const files = word.includes("/") ? [word] : path.split(":").map((folder) => join(folder, word));
  for (const file of files) {
    const stats = statFile(file);
    if (stats !== null) return check(file, stats);
  }
  return fail("NO_FILE", `can't find command ${quote(word)}`);
}

const DEFAULT_PATH = "/bin:/usr/bin:/usr/local/bin";

/** A PATH of the program's own counts even when it is empty; an empty one of the daemon is none. */
function searchPath(environment: Variables, env: Variables): string {
  return environment.PATH ?? (env.PATH || DEFAULT_PATH);
}

function statFile(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

function check(file: string, stats: Stats): Result<string> {
  if (stats.isDirectory()) return fail("NOT_EXECUTABLE", `command at ${quote(file)} is a directory`);
  if ((stats.mode & 0o111) === 0) return fail("NOT_EXECUTABLE", `command at ${quote(file)} is not executable`);
  try {
    accessSync(file, constants.X_OK);
    return succeed(file);
  } catch {
    return fail("NOT_EXECUTABLE", `no permission to run command ${quote(file)}`);
  }
}

import { accessSync, constants, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import type { LaunchConfig } from "../model/config.ts";
import { fail, type Result, succeed } from "../model/fault.ts";
import { quote } from "../model/quote.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The file that a command would execute. The first word is a path when it has a slash; else the first entry of that name in PATH
 * counts, even one that cannot be executed.
 * @param env - the daemon's environment; a PATH of the program's own comes first.
 * @returns NO_FILE or NOT_EXECUTABLE with supervisord's text.
 * @see supervisor/process.py get_execv_args()
 */
export function findExecutable({ command, environment }: LaunchConfig, env: Variables): Result<string> {
  if (command.problem !== null) return fail("NOT_EXECUTABLE", `can't parse command ${quote(command.text)}: ${command.problem}`);
  const [word] = command.words;
  if (word === undefined) return fail("NOT_EXECUTABLE", "command is empty");
  const files = word.includes("/") ? [word] : searchFolders(environment, env).map((folder) => join(folder, word));
  for (const file of files) {
    const stats = statFile(file);
    if (stats !== null) return check(file, stats);
  }
  return fail("NO_FILE", `can't find command ${quote(word)}`);
}

const DEFAULT_PATH = "/bin:/usr/bin:/usr/local/bin";

/** A PATH of the program's own counts even when it is empty; an empty one of the daemon is none. */
function searchFolders(environment: Variables, env: Variables): string[] {
  return (environment.PATH ?? (env.PATH || DEFAULT_PATH)).split(":");
}

function statFile(path: string): Stats | null {
  try {
    return statSync(path);
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

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** A username and a password that a daemon takes. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Where the logins of a user are kept. */
export function loginsFile({ XDG_CONFIG_HOME = "", HOME }: Variables): string {
  return join(XDG_CONFIG_HOME || join(HOME ?? homedir(), ".config"), "taskmaster", "logins.json");
}

/** What `login` has kept for a daemon; `null` for nothing, and for a file that cannot be read. */
export function keptLogin(file: string, url: string): Login | null {
  return readLogins(file).get(url) ?? null;
}

/**
 * Keeps a login for a daemon, in a file that nobody else may read. @param login - `null` to forget it.
 * @throws the system's error.
 */
export function keepLogin(file: string, url: string, login: Login | null): void {
  const logins = readLogins(file);
  if (login === null) logins.delete(url);
  else logins.set(url, login);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify({ version: 1, logins: Object.fromEntries(logins) }, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, file);
}

function readLogins(file: string): Map<string, Login> {
  try {
    const { logins } = JSON.parse(readFileSync(file, "utf8"));
    const entries = Object.entries<Partial<Login>>(logins);
    return new Map(
      entries.flatMap(([url, { username, password }]) =>
        typeof username === "string" && typeof password === "string" ? [[url, { username, password }]] : [],
      ),
    );
  } catch {
    return new Map();
  }
}

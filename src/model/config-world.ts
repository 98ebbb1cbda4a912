import type { UserAccount } from "./config.ts";

/** All that reading a configuration may ask of the system; a test, or an offline check, passes its own. */
export interface ConfigWorld {
  /** The daemon's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The daemon's user; root's default places differ from other users'. */
  readonly uid: number;
  /** `uname -n`. */
  readonly hostName: string;
  /** Reads a text file. @throws the system's error (`code` ENOENT, EACCES, EISDIR). */
  readFile(path: string): string;
  /** Names in a directory, unsorted; empty when it cannot be read. */
  listDirectory(path: string): readonly string[];
  isDirectory(path: string): boolean;
  exists(path: string): boolean;
  /** Looks an account up by login name, or by uid when the text is a number. `null` when there is none. */
  findUser(nameOrUid: string): UserAccount | null;
  /** The gid of a group by name or number. `null` when there is none. */
  findGroup(nameOrGid: string): number | null;
  /** The home directory of a user by name, or of the caller for `null`. `null` when unknown. */
  homeDirectory(user: string | null): string | null;
}

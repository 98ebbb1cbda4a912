import type { UserAccount } from "../model/config.ts";
import { libc } from "./libc.ts";

/**
 * Becomes the user for good: all supplementary groups, group id, user id. Does nothing when the process is that user already.
 * @returns why not, in supervisord's words; the daemon must not start then.
 * @see supervisor/options.py drop_privileges()
 */
export function dropPrivileges({ uid, gid, name }: UserAccount): string | null {
  const problem = whyNotBecome(uid);
  if (problem !== null || process.getuid?.() === uid) return problem;
  return (
    (libc.initGroups(name, gid) === 0 ? null : "Could not set groups of effective user") ??
    attempt(() => process.setgid?.(gid), "Could not set group id of effective user") ??
    attempt(() => process.setuid?.(uid), "Could not set user id of effective user")
  );
}

/**
 * Whether this process may become a user, or start a child as one.
 * @returns why not, in supervisord's words.
 */
export function whyNotBecome(uid: number): string | null {
  if (libc.getPwUid(uid) === null) return `Can't find uid ${uid}`;
  const own = process.getuid?.();
  return own === uid || own === 0 ? null : "Can't drop privilege as nonroot user";
}

function attempt(action: () => void, problem: string): string | null {
  try {
    action();
    return null;
  } catch {
    return problem;
  }
}

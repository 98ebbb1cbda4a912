import { join } from "node:path";
import type { ConfigWorld } from "../model/config-world.ts";

/**
 * Where a daemon of this user keeps what lives no longer than itself: `/run/taskmaster` for root, else `$XDG_RUNTIME_DIR/taskmaster`,
 * and for a user without a login session a folder of the user's own in `/tmp`.
 */
export function runtimeFolder({ uid, env }: Pick<ConfigWorld, "uid" | "env">): string {
  if (uid === 0) return "/run/taskmaster";
  return env.XDG_RUNTIME_DIR ? join(env.XDG_RUNTIME_DIR, "taskmaster") : `/tmp/taskmaster-${uid}`;
}

import { join } from "node:path";
import type { ConfigWorld } from "../../model/config-world.ts";

/** Where the daemon keeps its things when the file does not say; the folders may have to be made first. */
export interface DefaultPlaces {
  readonly socket: string;
  readonly pidfile: string;
  readonly logfile: string;
}

/**
 * The places of root are the system's (`/run`, `/var/log`), those of a user the ones of the XDG base directories.
 * Without XDG_RUNTIME_DIR (a user without a login session) a folder of the user's own in `/tmp` takes its part.
 */
export function defaultPlaces(world: ConfigWorld): DefaultPlaces {
  const runtime = runtimeFolder(world);
  return {
    socket: join(runtime, "taskmaster.sock"),
    pidfile: join(runtime, "taskmasterd.pid"),
    logfile: join(stateFolder(world, runtime), "taskmasterd.log"),
  };
}

function runtimeFolder({ uid, env }: ConfigWorld): string {
  if (uid === 0) return "/run/taskmaster";
  return env.XDG_RUNTIME_DIR ? join(env.XDG_RUNTIME_DIR, "taskmaster") : `/tmp/taskmaster-${uid}`;
}

function stateFolder(world: ConfigWorld, runtime: string): string {
  const { uid, env } = world;
  if (uid === 0) return "/var/log/taskmaster";
  if (env.XDG_STATE_HOME) return join(env.XDG_STATE_HOME, "taskmaster");
  const home = env.HOME || world.homeDirectory(null);
  return home ? join(home, ".local/state/taskmaster") : runtime;
}

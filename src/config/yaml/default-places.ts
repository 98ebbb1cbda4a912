import { join } from "node:path";
import type { ConfigWorld } from "../../model/config-world.ts";
import { runtimeFolder } from "../runtime-folder.ts";

/** Where the daemon keeps its things when the file does not say. */
export interface DefaultPlaces {
  readonly socket: string;
  readonly pidfile: string;
  readonly logfile: string;
}

/** Socket and pid file lie in the runtime folder, which the daemon makes when it starts. */
export function defaultPlaces(world: ConfigWorld): DefaultPlaces {
  const runtime = runtimeFolder(world);
  return {
    socket: join(runtime, "taskmaster.sock"),
    pidfile: join(runtime, "taskmasterd.pid"),
    logfile: logfile(world, runtime),
  };
}

/** The log goes into the best folder that is there, since it is opened before anything could be made; the runtime folder is the last. */
function logfile(world: ConfigWorld, runtime: string): string {
  const { uid, env } = world;
  if (uid === 0) return join(world.isDirectory("/var/log") ? "/var/log" : runtime, "taskmasterd.log");
  const home = env.HOME || world.homeDirectory(null);
  const states = [env.XDG_STATE_HOME, home && join(home, ".local/state")].filter((folder) => folder && world.isDirectory(folder));
  if (states[0]) return join(states[0], "taskmasterd.log");
  return home && world.isDirectory(home) ? join(home, ".taskmasterd.log") : join(runtime, "taskmasterd.log");
}

import { dirname, join, resolve } from "node:path";
import type { ConfigWorld } from "../model/config-world.ts";
import { NOWHERE } from "../model/diagnostic.ts";
import type { LoadOutcome } from "./outcome.ts";

const OWN_NAMES = ["taskmaster.yaml", "taskmaster.yml"] as const;

/**
 * Finds the configuration when the command line names none: the first that exists of `taskmaster.yaml` and `taskmaster.yml` in the
 * places where supervisord looks for its file (`/etc/taskmaster` standing for `/etc/supervisor`), and then of supervisord's own list.
 * So our file wins wherever it is, and a system that has only a supervisord.conf finds the one that supervisord would.
 * @param executable - the path by which the program was started; what lies beside its `bin` comes first.
 */
export function findConfig(executable: string, world: ConfigWorld): LoadOutcome<string> {
  const paths = configSearchPaths(executable);
  const found = paths.find((path) => world.exists(resolve(world.cwd, path)));
  if (found !== undefined) return { ok: true, value: found, notes: [] };
  const message = `No config file found at default paths (${paths.join(", ")}); use the -c option to specify a config file at a different path`;
  return { ok: false, errors: [{ position: NOWHERE, message }] };
}

/** Every place that is looked at, in order. */
export function configSearchPaths(executable: string): readonly string[] {
  const prefix = dirname(dirname(executable));
  const inPlaces = (name: string, folder: string) => [
    join(prefix, "etc", name),
    join(prefix, name),
    name,
    join("etc", name),
    join("/etc", name),
    join("/etc", folder, name),
  ];
  return [...OWN_NAMES.flatMap((name) => inPlaces(name, "taskmaster")), ...inPlaces("supervisord.conf", "supervisor")];
}

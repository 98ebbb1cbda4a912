import type { CtlConfig } from "../model/config.ts";
import type { ConfigWorld } from "../model/config-world.ts";
import { isYaml } from "./dialect.ts";
import type { LoadOutcome } from "./outcome.ts";

/**
 * Reads what the control client needs of a configuration file. Only the reader of the file's own dialect is loaded: the client is
 * started for every single command of a script.
 */
export async function loadCtlConfig(path: string, world: ConfigWorld): Promise<LoadOutcome<CtlConfig>> {
  if (isYaml(path)) return (await import("./yaml/load-yaml-ctl.ts")).loadYamlCtl(path, world);
  return (await import("./ini/load-ini-ctl.ts")).loadIniCtl(path, world);
}

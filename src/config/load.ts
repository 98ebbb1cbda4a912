import type { ConfigWorld } from "../model/config-world.ts";
import { isYaml } from "./dialect.ts";
import { loadIni } from "./ini/load-ini.ts";
import type { DaemonOverrides, LoadOutcome, ProcessCounts } from "./outcome.ts";
import { loadYaml } from "./yaml/load-yaml.ts";

/** Reads a configuration: `*.yaml` and `*.yml` are our own dialect, every other name is supervisord's INI. */
export function loadConfig(
  path: string,
  world: ConfigWorld,
  overrides: DaemonOverrides = {},
  counts: ProcessCounts = new Map(),
): LoadOutcome {
  return isYaml(path) ? loadYaml(path, world, overrides, counts) : loadIni(path, world, overrides, counts);
}

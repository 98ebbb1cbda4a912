import { extname } from "node:path";
import type { CtlConfig } from "../model/config.ts";
import type { ConfigWorld } from "../model/config-world.ts";
import { loadIni, loadIniCtl } from "./ini/load-ini.ts";
import type { DaemonOverrides, LoadOutcome } from "./outcome.ts";
import { loadYaml, loadYamlCtl } from "./yaml/load-yaml.ts";

/** Reads a configuration: `*.yaml` and `*.yml` are our own dialect, every other name is supervisord's INI. */
export function loadConfig(path: string, world: ConfigWorld, overrides: DaemonOverrides = {}): LoadOutcome {
  return isYaml(path) ? loadYaml(path, world, overrides) : loadIni(path, world, overrides);
}

/** Reads what the control client needs of a configuration file. */
export function loadCtlConfig(path: string, world: ConfigWorld): LoadOutcome<CtlConfig> {
  return isYaml(path) ? loadYamlCtl(path, world) : loadIniCtl(path, world);
}

function isYaml(path: string): boolean {
  return [".yaml", ".yml"].includes(extname(path).toLowerCase());
}

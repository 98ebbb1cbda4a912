import type { CtlConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { DaemonOverrides, LoadOutcome } from "../outcome.ts";

export function loadYaml(_path: string, _world: ConfigWorld, _overrides: DaemonOverrides): LoadOutcome {
  throw new Error("to be written");
}

export function loadYamlCtl(_path: string, _world: ConfigWorld): LoadOutcome<CtlConfig> {
  throw new Error("to be written");
}

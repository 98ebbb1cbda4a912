import type { CtlConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { DaemonOverrides, LoadOutcome } from "../outcome.ts";

export function loadIni(_path: string, _world: ConfigWorld, _overrides: DaemonOverrides): LoadOutcome {
  throw new Error("to be written");
}

export function loadIniCtl(_path: string, _world: ConfigWorld): LoadOutcome<CtlConfig> {
  throw new Error("to be written");
}

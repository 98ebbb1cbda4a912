import { resolve } from "node:path";
import type { ConfigWorld } from "../model/config-world.ts";

/** The directory for temporary files: what TMPDIR, TEMP or TMP name, else the usual places, else the current directory. */
export function temporaryDirectory(world: ConfigWorld): string {
  const named = [world.env.TMPDIR, world.env.TEMP, world.env.TMP].filter((path) => path !== undefined && path !== "");
  const candidates = [...named, "/tmp", "/var/tmp", "/usr/tmp"].map((path) => resolve(world.cwd, path ?? ""));
  return candidates.find((path) => world.isDirectory(path)) ?? world.cwd;
}

import { resolve } from "node:path";
import type { Config } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { DaemonOverrides, LoadOutcome, ProcessCounts } from "../outcome.ts";
import { rememberingWorld } from "../remembering-world.ts";
import { readCtl } from "./ctl-section.ts";
import { readDaemon, readSupervisorInterface } from "./daemon-section.ts";
import { readDocuments } from "./documents.ts";
import { readGroups } from "./groups.ts";
import { loadOutcome, Problems } from "./problems.ts";
import { readServers } from "./servers.ts";
import { singleSection } from "./single-section.ts";

/** Reads a configuration in the YAML dialect, with every file that it includes. All mistakes are told at once, in order. */
export function loadYaml(
  path: string,
  system: ConfigWorld,
  overrides: DaemonOverrides,
  counts: ProcessCounts = new Map(),
): LoadOutcome {
  const world = rememberingWorld(system);
  const problems = new Problems();
  const { main, included, files } = readDocuments(resolve(world.cwd, path), world, problems);
  if (main === null) return { ok: false, errors: problems.errors(files) };
  const section = singleSection(main, "daemon", world, problems);
  const servers = readServers(main, world, problems);
  // The daemon has no use for it, but its mistakes are mistakes of the file.
  readCtl(singleSection(main, "ctl", world, problems), servers);
  const daemon = readDaemon(section);
  const config: Config = {
    path: resolve(world.cwd, path),
    files,
    daemon: { ...daemon, ...overrides },
    servers,
    groups: readGroups([main, ...included], { world, problems, environment: daemon.environment, counts }),
    supervisorInterface: readSupervisorInterface(section),
  };
  return loadOutcome(config, files, problems);
}

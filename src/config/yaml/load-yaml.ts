import { resolve } from "node:path";
import type { Config, CtlConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { DaemonOverrides, LoadOutcome } from "../outcome.ts";
import { rememberingWorld } from "../remembering-world.ts";
import { readCtl } from "./ctl-section.ts";
import { readDaemon, readSupervisorInterface } from "./daemon-section.ts";
import { readDocument, readDocuments } from "./documents.ts";
import { readGroups } from "./groups.ts";
import { Problems } from "./problems.ts";
import type { Section } from "./section.ts";
import { readServers } from "./servers.ts";
import { singleSpot } from "./spots.ts";
import type { MapTree } from "./tree.ts";
import { fileVariables } from "./variables.ts";

/** Reads a configuration in the YAML dialect, with every file that it includes. All mistakes are told at once, in order. */
export function loadYaml(path: string, system: ConfigWorld, overrides: DaemonOverrides): LoadOutcome {
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
    groups: readGroups([main, ...included], { world, problems, environment: daemon.environment }),
    supervisorInterface: readSupervisorInterface(section),
  };
  return outcome(config, files, problems);
}

/** Reads what the control client needs. Mistakes in the values of other sections are the daemon's business. */
export function loadYamlCtl(path: string, world: ConfigWorld): LoadOutcome<CtlConfig> {
  const problems = new Problems();
  const file = resolve(world.cwd, path);
  const root = readDocument(file, world, problems, ["http", "ctl"]);
  if (root === null) return { ok: false, errors: problems.errors([file]) };
  const ctl = readCtl(singleSection(root, "ctl", world, problems), readServers(root, world, new Problems()));
  return outcome(ctl, [file], problems);
}

function outcome<Value>(value: Value, files: readonly string[], problems: Problems): LoadOutcome<Value> {
  const errors = problems.errors(files);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value, notes: problems.notes() };
}

/** `daemon` or `ctl`; one that is left out is empty. */
function singleSection(root: MapTree, kind: "daemon" | "ctl", world: ConfigWorld, problems: Problems): Section {
  const tree = singleSpot(root, kind)?.tree;
  const map: MapTree = tree?.kind === "map" ? tree : { kind: "map", file: root.file, offset: 0, entries: new Map() };
  return { label: kind, map, variables: fileVariables(root.file.path, world), world, problems };
}

import { dirname, resolve } from "node:path";
import type { Config, DaemonConfig, ServerConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { DaemonOverrides, LoadOutcome, ProcessCounts } from "../outcome.ts";
import { rememberingWorld } from "../remembering-world.ts";
import { attempt } from "./config-problem.ts";
import { readDaemon, readDaemonEnvironment, readDaemonUser } from "./daemon-section.ts";
import { environmentNames } from "./expand.ts";
import { readGroups } from "./group-sections.ts";
import type { IniContext } from "./ini-context.ts";
import { requireSection, sectionsWithPrefix } from "./ini-document.ts";
import { createNotes } from "./notes.ts";
import { RPC_INTERFACE, readPlugin } from "./plugin-section.ts";
import { readIniFiles } from "./read-files.ts";
import { readInetServer, readUnixServer } from "./server-sections.ts";
import { noteUnknownOptions } from "./unknown-options.ts";

/**
 * Loads supervisord's INI dialect. The first error is the one that supervisord would report; the first mistake of every other section
 * follows it.
 */
export function loadIni(
  path: string,
  system: ConfigWorld,
  overrides: DaemonOverrides,
  counts: ProcessCounts = new Map(),
): LoadOutcome {
  const world = rememberingWorld(system);
  const notes = createNotes();
  const errors: Diagnostic[] = [];
  const daemonEnvironmentNames = environmentNames(null, world.env);
  const read = attempt(errors, () => {
    const files = readIniFiles(path, world, daemonEnvironmentNames, notes);
    return { ...files, section: requireSection(files.document, "supervisord", path) };
  });
  if (read === undefined) return { ok: false, errors };

  const here = dirname(resolve(world.cwd, path));
  const before: IniContext = { document: read.document, world, notes, here, counts, environmentNames: daemonEnvironmentNames };
  const daemon = attempt(errors, () => readDaemon(before, read.section));
  const environment = attempt(errors, () => readDaemonEnvironment(before, read.section));
  // Every program may refer to it: without it each would be found wrong.
  if (environment === undefined) return { ok: false, errors };

  const context: IniContext = { ...before, environmentNames: environmentNames(daemonEnvironmentNames, environment) };
  const interfaces = sectionsWithPrefix(read.document, RPC_INTERFACE.prefix).map((section) =>
    attempt(errors, () => readPlugin(context, section, RPC_INTERFACE)),
  );
  const groups = readGroups(context, environment, errors);
  const servers = readServers(context, errors);
  const user = overrides.user === undefined ? attempt(errors, () => readDaemonUser(before, read.section)) : overrides.user;
  noteUnknownOptions(read.document, notes);
  if (errors.length > 0 || daemon === undefined || user === undefined) return { ok: false, errors };

  const complete: DaemonConfig = { ...daemon, environment, user, ...overrides };
  const value: Config = {
    path: resolve(world.cwd, path),
    files: read.files,
    daemon: complete,
    servers,
    groups,
    supervisorInterface: interfaces.includes("supervisor"),
  };
  return { ok: true, value, notes: notes.list() };
}

/** TCP servers come first, as supervisord opens them. */
function readServers(context: IniContext, errors: Diagnostic[]): readonly ServerConfig[] {
  const { document } = context;
  const inet = sectionsWithPrefix(document, "inet_http_server").map((section) =>
    attempt(errors, () => readInetServer(context, section)),
  );
  const unix = sectionsWithPrefix(document, "unix_http_server").map((section) =>
    attempt(errors, () => readUnixServer(context, section)),
  );
  return [...inet, ...unix].filter((server) => server !== undefined);
}

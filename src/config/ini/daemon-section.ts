import type { ActivityLogTarget, DaemonConfig, Environment } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import { SECTIONS } from "../keys.ts";
import { absolutePath } from "../paths.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { at } from "./config-problem.ts";
import { parseEnvironment } from "./environment.ts";
import { expand, extend } from "./expand.ts";
import type { IniContext } from "./ini-context.ts";
import type { IniSection } from "./ini-document.ts";
import { type OptionReader, optionReader } from "./option-reader.ts";
import * as values from "./option-values.ts";

type DaemonOption = keyof typeof SECTIONS.daemon.keys;

/**
 * Reads `[supervisord]` without its environment and its user.
 * @throws ConfigProblem in the order in which supervisord would find the problems.
 */
export function readDaemon(context: IniContext, section: IniSection): Omit<DaemonConfig, "environment" | "user"> {
  const { world } = context;
  const options = daemonOptions(context, section);
  const path = (value: string) => values.fileInExistingDirectory(value, world);
  const directory = (value: string) => values.existingDirectory(value, world);

  const minfds = options.setting("minfds", values.integer);
  const minprocs = options.setting("minprocs", values.integer);
  const chdir = options.optional("directory", directory) ?? null;
  // Only its names are expanded here; the account is looked up last.
  options.optional("user", values.text);
  const umask = options.setting("umask", values.octal);
  const logfile = activityLog(options.optional("logfile", path) ?? "supervisord.log", world);
  const logfileMaxBytes = options.setting("logfile_maxbytes", values.byteSize);
  const logfileBackups = options.setting("logfile_backups", values.integer);
  const logLevel = options.setting("loglevel", values.logLevel);
  const pidfile = absolutePath(options.optional("pidfile", path) ?? "supervisord.pid", world);
  const identifier = options.setting("identifier", values.text);
  const nodaemon = options.setting("nodaemon", values.boolean);
  const silent = options.setting("silent", values.boolean);
  const childlogdir = options.optional("childlogdir", directory) ?? temporaryDirectory(world);
  const nocleanup = options.setting("nocleanup", values.boolean);
  const stripAnsi = options.setting("strip_ansi", values.boolean);
  const runtimedir = options.optional("runtimedir", (value) => absolutePath(value, world)) ?? null;
  return {
    identifier,
    logfile,
    logfileMaxBytes,
    logfileBackups,
    logLevel,
    pidfile,
    umask,
    nodaemon,
    silent,
    minfds,
    minprocs,
    nocleanup,
    childlogdir,
    directory: chdir,
    stripAnsi,
    runtimedir,
  };
}

/**
 * The environment of all children. It is expanded twice, so a literal percent sign takes four.
 * @throws ConfigProblem
 */
export function readDaemonEnvironment(context: IniContext, section: IniSection): Environment {
  const names = extend(context.environmentNames, { here: context.here, host_node_name: context.world.hostName });
  const once = daemonOptions(context, section).optional("environment", values.text);
  if (once === undefined) return {};
  const position = daemonOptions(context, section).raw("environment")?.position ?? section.position;
  return at(position, () => parseEnvironment(expand(once, names, "environment")));
}

/**
 * The user to become. supervisord looks it up last of all, after the whole file was found good.
 * @throws ConfigProblem
 */
export function readDaemonUser(context: IniContext, section: IniSection): DaemonConfig["user"] {
  return daemonOptions(context, section).optional("user", (value) => values.user(value, context.world)) ?? null;
}

function daemonOptions(context: IniContext, section: IniSection): OptionReader<DaemonOption> {
  return optionReader(context.document, section, SECTIONS.daemon.keys, extend(context.environmentNames, { here: context.here }));
}

function activityLog(path: string, world: ConfigWorld): ActivityLogTarget {
  return path === "syslog" ? { kind: "syslog" } : { kind: "file", path: absolutePath(path, world) };
}

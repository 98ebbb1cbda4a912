import { parseUser } from "../config/accounts.ts";
import { type GivenOption, getopt, type OptionSpec } from "../config/getopt.ts";
import type { DaemonOverrides } from "../config/outcome.ts";
import { absolutePath, hasExistingParent, isExistingDirectory } from "../config/paths.ts";
import { parseByteSize, parseInteger, parseLogLevel, parseOctal } from "../config/scalars.ts";
import type { ConfigWorld } from "../model/config-world.ts";
import { LOG_LEVELS } from "../model/log-level.ts";

/** What the command line asks for. */
export type DaemonCommand =
  | { readonly kind: "run"; readonly configuration: string | null; readonly overrides: DaemonOverrides }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "mistake"; readonly problem: string };

/** What a value means, or why it is none. */
type Reading = { readonly overrides: DaemonOverrides } | { readonly problem: string };

type OptionReader = (value: string, world: ConfigWorld) => Reading;

interface DaemonOption extends OptionSpec {
  readonly long: string;
  /** How the help calls its value; `null` for a switch. */
  readonly placeholder: string | null;
  readonly text: string;
  /** `null` for the options that are no setting of the daemon. */
  readonly read: OptionReader | null;
}

/** The options of `taskmasterd`: supervisord's, with the same letters and meanings. Help and reference are made from this list. */
export const DAEMON_OPTIONS: readonly DaemonOption[] = [
  option("c", "configuration", "FILE", "the configuration: YAML (*.yaml, *.yml) or INI; searched for if not given", null),
  option("n", "nodaemon", null, "stay in the foreground", () => ({ overrides: { nodaemon: true } })),
  option("s", "silent", null, "do not copy the activity log to stdout", () => ({ overrides: { silent: true } })),
  option("h", "help", null, "print this and exit; also -?", null),
  option("v", "version", null, "print the version and exit", null),
  option("u", "user", "USER", "run as this user (name or uid)", readUser),
  option("m", "umask", "UMASK", "umask of the daemon when it detaches, octal", readUmask),
  option("d", "directory", "DIR", "directory to change to when it detaches", directoryReader("directory")),
  option("l", "logfile", "FILE", "the activity log", readLogfile),
  option("y", "logfile_maxbytes", "BYTES", "size at which the activity log is rotated", readMaxBytes),
  option("z", "logfile_backups", "NUM", "how many rotated activity logs to keep", integerReader("logfileBackups")),
  option("e", "loglevel", "LEVEL", `${Object.keys(LOG_LEVELS).join(", ")}`, readLevel),
  option("j", "pidfile", "FILE", "where to write the pid", readPidfile),
  option("i", "identifier", "NAME", "name of this daemon", (identifier) => ({ overrides: { identifier } })),
  option("q", "childlogdir", "DIR", "directory of automatic child logs", directoryReader("childlogdir")),
  option("k", "nocleanup", null, "keep automatic child logs of earlier runs", () => ({ overrides: { nocleanup: true } })),
  option("a", "minfds", "NUM", "file descriptors to have at least", integerReader("minfds")),
  option(null, "minprocs", "NUM", "processes to have at least", integerReader("minprocs")),
  option("t", "strip_ansi", null, "strip ANSI escapes from child logs", () => ({ overrides: { stripAnsi: true } })),
  option(null, "profile_options", "LIST", "accepted and ignored", () => ({ overrides: {} })),
];

function option(
  short: string | null,
  long: string,
  placeholder: string | null,
  text: string,
  read: OptionReader | null,
): DaemonOption {
  return { short, long, placeholder, takesValue: placeholder !== null, text, read };
}

/** Reads the words after the program's name. */
export function readDaemonCommand(words: readonly string[], world: ConfigWorld): DaemonCommand {
  const outcome = getopt(
    words.map((word) => (word === "-?" ? "-h" : word)),
    DAEMON_OPTIONS,
  );
  if (!outcome.ok) return mistake(outcome.problem);
  let overrides: DaemonOverrides = {};
  let configuration: string | null = null;
  const seen = new Set<string>();
  for (const given of outcome.options) {
    const { long } = given.spec;
    if (long === "help") return { kind: "help" };
    if (long === "version") return { kind: "version" };
    if (seen.has(long)) return mistake(`conflicting command line option '${given.flag}'`);
    seen.add(long);
    if (long === "configuration") {
      configuration = given.value;
      continue;
    }
    const reading = read(given, world);
    if ("problem" in reading) return mistake(reading.problem);
    overrides = { ...overrides, ...reading.overrides };
  }
  if (outcome.rest.length > 0)
    return mistake(`positional arguments are not supported: [${outcome.rest.map((word) => `'${word}'`).join(", ")}]`);
  return { kind: "run", configuration, overrides };
}

/** The text of `--help`. */
export function daemonHelp(): string {
  const names = DAEMON_OPTIONS.map(describeDaemonOption);
  const width = Math.max(...names.map((name) => name.length));
  const lines = DAEMON_OPTIONS.map(({ text }, index) => `  ${(names[index] ?? "").padEnd(width)}  ${text}`);
  return [
    "taskmasterd -- start programs and keep them alive",
    "",
    "Usage: taskmasterd [options]",
    "",
    "Options:",
    ...lines,
    "",
  ].join("\n");
}

/** `-c/--configuration FILE`, as the help names an option. */
function describeDaemonOption({ short, long, placeholder }: DaemonOption): string {
  return `${short === null ? "" : `-${short}/`}--${long}${placeholder === null ? "" : ` ${placeholder}`}`;
}

function read({ spec, flag, value }: GivenOption<DaemonOption>, world: ConfigWorld): Reading {
  const reading = spec.read?.(value, world) ?? { overrides: {} };
  // supervisord looks the user up after it has read the command line, and says nothing of the option then.
  if (!("problem" in reading) || spec.long === "user") return reading;
  return { problem: `invalid value for ${flag} '${value}': ${reading.problem}` };
}

function readUser(value: string, world: ConfigWorld): Reading {
  const user = parseUser(value, world);
  if (user !== undefined) return { overrides: { user } };
  return { problem: /^\d+$/.test(value) ? `Invalid user id ${value}` : `Invalid user name ${value}` };
}

function readUmask(value: string): Reading {
  const umask = parseOctal(value);
  return umask === undefined ? { problem: `${value} can not be converted to an octal type` } : { overrides: { umask } };
}

function readLogfile(value: string, world: ConfigWorld): Reading {
  if (value.toLowerCase() === "syslog") return { overrides: { logfile: { kind: "syslog" } } };
  if (["none", "off"].includes(value.toLowerCase())) return { overrides: { logfile: { kind: "none" } } };
  return withParent(value, world) ?? { overrides: { logfile: { kind: "file", path: absolutePath(value, world) } } };
}

function readPidfile(value: string, world: ConfigWorld): Reading {
  return withParent(value, world) ?? { overrides: { pidfile: absolutePath(value, world) } };
}

function withParent(path: string, world: ConfigWorld): Reading | null {
  if (hasExistingParent(path, world)) return null;
  return { problem: `The directory named as part of the path ${path} does not exist` };
}

function readMaxBytes(value: string): Reading {
  const logfileMaxBytes = parseByteSize(value);
  return logfileMaxBytes === undefined ? { problem: notAnInteger(value.toLowerCase()) } : { overrides: { logfileMaxBytes } };
}

function readLevel(value: string): Reading {
  const logLevel = parseLogLevel(value);
  return logLevel === undefined ? { problem: `bad logging level name '${value}'` } : { overrides: { logLevel } };
}

function integerReader(key: "logfileBackups" | "minfds" | "minprocs"): (value: string) => Reading {
  return (value) => {
    const count = parseInteger(value);
    return count === undefined ? { problem: notAnInteger(value) } : { overrides: { [key]: count } };
  };
}

function directoryReader(key: "directory" | "childlogdir"): (value: string, world: ConfigWorld) => Reading {
  return (value, world) =>
    isExistingDirectory(value, world)
      ? { overrides: { [key]: absolutePath(value, world) } }
      : { problem: `${value} is not an existing directory` };
}

function notAnInteger(value: string): string {
  return `invalid literal for int() with base 10: '${value}'`;
}

function mistake(problem: string): DaemonCommand {
  return { kind: "mistake", problem };
}

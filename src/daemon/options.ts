import { parseUser } from "../config/accounts.ts";
import { type ArgumentOption, describeOption, type GivenOption, readArguments } from "../config/arguments.ts";
import type { DaemonOverrides } from "../config/outcome.ts";
import { absolutePath, hasExistingParent, isExistingDirectory } from "../config/paths.ts";
import { parseByteSize, parseInteger, parseLogLevel, parseOctal } from "../config/scalars.ts";
import type { ConfigWorld } from "../model/config-world.ts";

/** What the command line asks for. */
export type DaemonCommand =
  | { readonly kind: "run"; readonly configuration: string | null; readonly overrides: DaemonOverrides }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "mistake"; readonly problem: string };

/** What a value means, or why it is none. */
type Reading = { readonly overrides: DaemonOverrides } | { readonly problem: string };

interface DaemonOption extends ArgumentOption {
  /** `null` for the options that are no setting of the daemon. */
  readonly read: ((value: string, world: ConfigWorld) => Reading) | null;
}

/** The options of `taskmasterd`: supervisord's, with the same letters and meanings. */
export const DAEMON_OPTIONS: readonly DaemonOption[] = [
  {
    short: "c",
    long: "configuration",
    value: "FILE",
    help: "the configuration: YAML (*.yaml, *.yml) or INI; searched for if not given",
    read: null,
  },
  { short: "n", long: "nodaemon", help: "stay in the foreground", read: () => ({ overrides: { nodaemon: true } }) },
  { short: "s", long: "silent", help: "do not copy the activity log to stdout", read: () => ({ overrides: { silent: true } }) },
  { short: "h", long: "help", help: "print this and exit; also -?", read: null },
  { short: "v", long: "version", help: "print the version and exit", read: null },
  { short: "u", long: "user", value: "USER", help: "run as this user (name or uid)", read: readUser },
  { short: "m", long: "umask", value: "UMASK", help: "umask of the daemon when it detaches, octal (022)", read: readUmask },
  {
    short: "d",
    long: "directory",
    value: "DIR",
    help: "directory to change to when it detaches",
    read: directoryReader("directory"),
  },
  { short: "l", long: "logfile", value: "FILE", help: "the activity log", read: readLogfile },
  { short: "y", long: "logfile_maxbytes", value: "BYTES", help: "size at which the activity log is rotated", read: readMaxBytes },
  {
    short: "z",
    long: "logfile_backups",
    value: "NUM",
    help: "how many rotated activity logs to keep",
    read: integerReader("logfileBackups"),
  },
  { short: "e", long: "loglevel", value: "LEVEL", help: "critical, error, warn, info, debug, trace or blather", read: readLevel },
  { short: "j", long: "pidfile", value: "FILE", help: "where to write the pid", read: readPidfile },
  {
    short: "i",
    long: "identifier",
    value: "NAME",
    help: "name of this daemon",
    read: (identifier) => ({ overrides: { identifier } }),
  },
  {
    short: "q",
    long: "childlogdir",
    value: "DIR",
    help: "directory of automatic child logs",
    read: directoryReader("childlogdir"),
  },
  {
    short: "k",
    long: "nocleanup",
    help: "keep automatic child logs of earlier runs",
    read: () => ({ overrides: { nocleanup: true } }),
  },
  { short: "a", long: "minfds", value: "NUM", help: "file descriptors to have at least", read: integerReader("minfds") },
  { long: "minprocs", value: "NUM", help: "processes to have at least", read: integerReader("minprocs") },
  {
    short: "t",
    long: "strip_ansi",
    help: "strip ANSI escapes from child logs",
    read: () => ({ overrides: { stripAnsi: true } }),
  },
  { long: "profile_options", value: "LIST", help: "accepted and ignored", read: () => ({ overrides: {} }) },
];

/** Reads the words after the program's name. */
export function readDaemonCommand(words: readonly string[], world: ConfigWorld): DaemonCommand {
  const outcome = readArguments(
    DAEMON_OPTIONS,
    words.map((word) => (word === "-?" ? "-h" : word)),
  );
  if (!outcome.ok) return mistake(outcome.problem);
  let overrides: DaemonOverrides = {};
  let configuration: string | null = null;
  const seen = new Set<string>();
  for (const given of outcome.options) {
    const { long } = given.option;
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
  const names = DAEMON_OPTIONS.map(describeOption);
  const width = Math.max(...names.map((name) => name.length));
  const lines = DAEMON_OPTIONS.map(({ help }, index) => `  ${(names[index] ?? "").padEnd(width)}  ${help}`);
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

function read(given: GivenOption, world: ConfigWorld): Reading {
  const option = DAEMON_OPTIONS.find(({ long }) => long === given.option.long);
  const reading = option?.read?.(given.value, world) ?? { overrides: {} };
  // supervisord looks the user up after it has read the command line, and says nothing of the option then.
  if (!("problem" in reading) || option?.long === "user") return reading;
  return { problem: `invalid value for ${given.flag} '${given.value}': ${reading.problem}` };
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

import { type ConfigKey, key, value, words, yamlKey } from "./key.ts";

/** Options of `[program:x]`; listeners and FastCGI programs have them too. */
export const PROGRAM_KEYS = {
  command: key("command", {
    yaml: "cmd",
    type: "command",
    required: true,
    help: "The command to run; it is split into words as a POSIX shell splits them, and no shell runs.",
  }),
  process_name: key("process_name", {
    type: "string",
    default: value("%(program_name)s"),
    yamlDefault: words("the program's name; with numprocs above 1, that name with _00, _01 and so on"),
    help: "The pattern of the processes' names; with more than one process it must contain the process number.",
  }),
  numprocs: key("numprocs", {
    type: "integer",
    default: value("1"),
    minimum: 0,
    help: "How many processes to run; 0 makes an empty group.",
  }),
  numprocs_start: key("numprocs_start", {
    type: "integer",
    default: value("0"),
    help: "The number of the first process.",
  }),
  priority: key("priority", {
    type: "integer",
    default: value("999"),
    help: "Low priorities start first and are shut down last.",
  }),
  autostart: key("autostart", {
    type: "boolean",
    default: value("true"),
    help: "Whether the processes start when the daemon does.",
  }),
  autorestart: key("autorestart", {
    type: "autorestart",
    default: value("unexpected"),
    help: "Whether a process that ended is started again: always (true), never (false), or when its end was unexpected.",
  }),
  exitcodes: key("exitcodes", {
    type: "exit-codes",
    default: value("0"),
    minimum: 0,
    maximum: 255,
    help: "The exit codes that are expected, each from 0 to 255.",
  }),
  startretries: key("startretries", {
    type: "integer",
    default: value("3"),
    yamlDefault: value("2"),
    minimum: 0,
    help: "How often a failed start is tried again before the process becomes FATAL.",
  }),
  startsecs: key("startsecs", {
    yaml: "starttime",
    type: "seconds",
    default: value("1"),
    yamlDefault: value("5"),
    minimum: 0,
    help: "How long a process must live to count as started, in seconds; 0 counts it as started at once.",
  }),
  early_exit: yamlKey("early_exit", {
    type: "early-exit",
    default: value("failure"),
    yamlDefault: value("finish-if-expected"),
    help: "What an end before starttime means: with finish-if-expected, one of exitcodes has finished the job; with failure, supervisord's rule, it is a failed start.",
  }),
  stopsignal: key("stopsignal", {
    type: "signal",
    default: value("TERM"),
    help: "The signal that asks a process to stop.",
  }),
  stopwaitsecs: key("stopwaitsecs", {
    yaml: "stoptime",
    type: "seconds",
    default: value("10"),
    minimum: 0,
    help: "How long a process may take to stop, in seconds; then it gets SIGKILL.",
  }),
  stopasgroup: key("stopasgroup", {
    type: "boolean",
    default: value("false"),
    yamlDefault: value("true"),
    help: "Whether the stop signal goes to the whole process group of the process.",
  }),
  killasgroup: key("killasgroup", {
    type: "boolean",
    default: words("the value of stopasgroup"),
    yamlDefault: value("true"),
    help: "Whether SIGKILL goes to the whole process group of the process.",
  }),
  user: key("user", {
    type: "user",
    default: words("the daemon's user"),
    help: "The user that the processes run as; only root may set another one.",
  }),
  umask: key("umask", {
    type: "octal",
    default: words("the daemon's umask"),
    minimum: 0,
    maximum: 0o777,
    help: "The permission bits that files made by the processes do not get, in octal digits.",
  }),
  directory: key("directory", {
    yaml: "workingdir",
    type: "path",
    default: words("the daemon's directory"),
    help: "The directory that the processes start in.",
  }),
  environment: key("environment", {
    yaml: "env",
    type: "environment",
    default: words("nothing added"),
    help: "Environment variables, added to those of the daemon.",
  }),
  serverurl: key("serverurl", {
    type: "string",
    default: value("AUTO"),
    help: "The SUPERVISOR_SERVER_URL that the processes see; AUTO derives it from the servers.",
  }),
  redirect_stderr: key("redirect_stderr", {
    type: "boolean",
    default: value("false"),
    help: "Whether stderr goes where stdout goes.",
  }),
  tty: yamlKey("tty", {
    type: "boolean",
    default: value("false"),
    help: "Whether the processes run on a terminal of their own, which taskmasterctl attach brings to yours; stdout and stderr are then one.",
  }),
  ...streamKeys("stdout"),
  ...streamKeys("stderr"),
} as const satisfies Record<string, ConfigKey>;

/** Further options of `[eventlistener:x]`. */
export const LISTENER_KEYS = {
  events: key("events", {
    type: "event-types",
    required: true,
    help: "The event types that the listener hears of; a type brings its subtypes.",
  }),
  buffer_size: key("buffer_size", {
    type: "integer",
    default: value("10"),
    minimum: 1,
    help: "How many events wait for a busy listener; beyond that the oldest is dropped.",
  }),
  result_handler: key("result_handler", {
    type: "string",
    default: value("supervisor.dispatchers:default_handler"),
    help: "The handler of the listener's answers; only the default is known.",
  }),
} as const satisfies Record<string, ConfigKey>;

/** Further options of `[fcgi-program:x]`. */
export const FCGI_KEYS = {
  socket: key("socket", {
    type: "socket-url",
    required: true,
    help: "The listening socket that the processes get as descriptor 0.",
  }),
  socket_owner: key("socket_owner", {
    type: "ownership",
    default: words("the program's user and its primary group"),
    help: "The owner of a unix socket.",
  }),
  socket_mode: key("socket_mode", {
    type: "octal",
    default: value("0700"),
    minimum: 0,
    maximum: 0o777,
    help: "The permissions of a unix socket, in octal digits.",
  }),
  socket_backlog: key("socket_backlog", {
    type: "integer",
    default: words("the system's SOMAXCONN"),
    minimum: 1,
    maximum: 65535,
    help: "How many connections may wait to be accepted.",
  }),
} as const satisfies Record<string, ConfigKey>;

function streamKeys<Channel extends "stdout" | "stderr">(channel: Channel) {
  const keys = {
    logfile: key(`${channel}_logfile`, {
      yaml: channel,
      type: "log-target",
      default: value("AUTO"),
      yamlDefault: value("auto"),
      help: `Where ${channel} goes: a file, auto (a file in childlogdir), none (discarded), or in YAML inherit (the daemon's own stdout).`,
    }),
    maxBytes: key(`${channel}_logfile_maxbytes`, {
      type: "bytes",
      default: value("50MB"),
      help: `The size at which the log of ${channel} is rotated, in bytes; 0 never rotates.`,
    }),
    backups: key(`${channel}_logfile_backups`, {
      type: "integer",
      default: value("10"),
      minimum: 0,
      help: `How many rotated logs of ${channel} are kept.`,
    }),
    capture: key(`${channel}_capture_maxbytes`, {
      type: "bytes",
      default: value("0"),
      help: `The size of a PROCESS_COMMUNICATION section on ${channel}, in bytes; 0 turns capturing off.`,
    }),
    events: key(`${channel}_events_enabled`, {
      type: "boolean",
      default: value("false"),
      help: `Whether what is written to ${channel} is sent as PROCESS_LOG events.`,
    }),
    syslog: key(`${channel}_syslog`, {
      type: "boolean",
      default: value("false"),
      help: `Whether ${channel} goes to syslog too.`,
    }),
  };
  type Named = {
    readonly [Name in `${Channel}_${"logfile" | "logfile_maxbytes" | "logfile_backups" | "capture_maxbytes" | "events_enabled" | "syslog"}`]: ConfigKey;
  };
  return Object.fromEntries(Object.values(keys).map((each) => [each.ini, each])) as Named;
}

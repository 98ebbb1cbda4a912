import { type ConfigKey, key, value, words, yamlKey } from "./key.ts";

/** Options of `[supervisord]`. */
export const DAEMON_KEYS = {
  logfile: key("logfile", {
    type: "activity-log",
    default: words("supervisord.log in the current directory"),
    yamlDefault: words(
      "taskmasterd.log in /var/log as root, else in $XDG_STATE_HOME or ~/.local/state, whichever exists, else ~/.taskmasterd.log",
    ),
    help: "The activity log of the daemon: a file, syslog, or none.",
  }),
  logfile_maxbytes: key("logfile_maxbytes", {
    type: "bytes",
    default: value("50MB"),
    help: "The size at which the activity log is rotated, in bytes; 0 never rotates.",
  }),
  logfile_backups: key("logfile_backups", {
    type: "integer",
    default: value("10"),
    minimum: 0,
    help: "How many rotated activity logs are kept.",
  }),
  loglevel: key("loglevel", {
    type: "log-level",
    default: value("info"),
    help: "The lowest level that is written to the activity log.",
  }),
  pidfile: key("pidfile", {
    type: "path",
    default: words("supervisord.pid in the current directory"),
    yamlDefault: words("taskmasterd.pid beside the default socket"),
    help: "The file that holds the pid of the daemon.",
  }),
  identifier: key("identifier", {
    type: "string",
    default: value("supervisor"),
    help: "The name of this daemon for clients, in the names of automatic logs and in events; no spaces.",
  }),
  umask: key("umask", {
    type: "octal",
    default: value("022"),
    minimum: 0,
    maximum: 0o777,
    help: "The umask of the daemon in the background, in octal digits.",
  }),
  user: key("user", {
    type: "user",
    default: words("the user that starts the daemon"),
    help: "The user that the daemon becomes at start; only root may set it.",
  }),
  directory: key("directory", {
    type: "directory",
    default: words("unchanged"),
    help: "The directory that the daemon changes to when it goes to the background.",
  }),
  minfds: key("minfds", {
    type: "integer",
    default: value("1024"),
    help: "The least number of open files that the daemon must be allowed.",
  }),
  minprocs: key("minprocs", {
    type: "integer",
    default: value("200"),
    help: "The least number of processes that the daemon must be allowed.",
  }),
  nodaemon: key("nodaemon", {
    type: "boolean",
    default: value("false"),
    help: "Whether the daemon stays in the foreground.",
  }),
  silent: key("silent", {
    type: "boolean",
    default: value("false"),
    help: "Whether the daemon in the foreground keeps its activity log off stdout.",
  }),
  nocleanup: key("nocleanup", {
    type: "boolean",
    default: value("false"),
    help: "Whether automatic logs of earlier runs are kept at start.",
  }),
  childlogdir: key("childlogdir", {
    type: "directory",
    default: words("the system's temporary directory"),
    help: "The directory of automatic logs.",
  }),
  strip_ansi: key("strip_ansi", {
    type: "boolean",
    default: value("false"),
    help: "Whether ANSI escape sequences are removed from logged output.",
  }),
  environment: key("environment", {
    yaml: "env",
    type: "environment",
    default: words("nothing added"),
    help: "Environment variables for all processes, not for the daemon itself.",
  }),
  runtimedir: key("runtimedir", {
    type: "path",
    default: words("beside the default socket, or in `/dev/shm` where that place is not in memory"),
    help: "The directory of the named pipes that carry the processes' output; supervisord does not know this option.",
  }),
  supervisor_interface: yamlKey("supervisor_interface", {
    type: "boolean",
    default: words("whether there is a [rpcinterface:supervisor] section"),
    yamlDefault: value("true"),
    help: "Whether clients may call the supervisor.* methods.",
  }),
} as const satisfies Record<string, ConfigKey>;

const CREDENTIAL_KEYS = {
  username: key("username", {
    type: "string",
    default: words("no authentication"),
    help: "The user name that clients must give; needs a password.",
  }),
  password: key("password", {
    type: "string",
    default: words("no authentication"),
    help: "The password that clients must give: plain text, or {SHA} and its SHA-1 in hex.",
  }),
  legacy_get_actions: key("legacy_get_actions", {
    type: "boolean",
    default: value("false"),
    help: "Whether addresses such as /index.html?action=stopall do what they say, as supervisord's page has it; unsafe, for old scripts only.",
  }),
  readonly: yamlKey("readonly", {
    type: "login",
    default: words("nobody"),
    help: "A second username and password, of those who may look and change nothing.",
  }),
} as const satisfies Record<string, ConfigKey>;

/** Options of `[unix_http_server]`. */
export const UNIX_SERVER_KEYS = {
  file: key("file", { type: "path", required: true, help: "The path of the socket." }),
  chmod: key("chmod", {
    yaml: "mode",
    type: "octal",
    default: value("0700"),
    minimum: 0,
    maximum: 0o777,
    help: "The permissions of the socket, in octal digits.",
  }),
  chown: key("chown", {
    yaml: "owner",
    type: "ownership",
    default: words("the daemon's user and group"),
    help: "The owner of the socket.",
  }),
  ...CREDENTIAL_KEYS,
} as const satisfies Record<string, ConfigKey>;

/** Options of `[inet_http_server]`. */
export const INET_SERVER_KEYS = {
  port: key("port", {
    type: "inet-address",
    required: true,
    help: "The TCP address to listen on; a port alone, :port and *:port mean every interface.",
  }),
  ...CREDENTIAL_KEYS,
} as const satisfies Record<string, ConfigKey>;

/** Options of `[supervisorctl]`. */
export const CTL_KEYS = {
  serverurl: key("serverurl", {
    type: "string",
    default: value("http://localhost:9001"),
    yamlDefault: words("the first server of this file, else the default socket"),
    help: "The address of the daemon: http://host:port or unix:///path.",
  }),
  username: key("username", {
    type: "string",
    default: words("none"),
    yamlDefault: words("that of the server"),
    help: "The user name that the client gives.",
  }),
  password: key("password", {
    type: "string",
    default: words("none"),
    yamlDefault: words("that of the server, unless it is a hash"),
    help: "The password that the client gives.",
  }),
  prompt: key("prompt", {
    type: "string",
    default: value("supervisor"),
    yamlDefault: value("taskmaster"),
    help: "The word before the > of the interactive shell.",
  }),
  history_file: key("history_file", {
    type: "path",
    default: words("none"),
    help: "The file that keeps the commands typed into the interactive shell.",
  }),
} as const satisfies Record<string, ConfigKey>;

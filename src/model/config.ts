/**
 * The one configuration model of both dialects. It is complete: every default is filled in, every expansion done, every unit settled;
 * nothing that reads it needs to know which file it came from.
 */
import type { EventType } from "./event.ts";
import type { LogLevel } from "./log-level.ts";
import type { SignalNumber } from "./signal.ts";
import type { Millis } from "./time.ts";

export interface Config {
  /** Absolute path of the main file. */
  readonly path: string;
  /** Every file that was read, the main file first. */
  readonly files: readonly string[];
  readonly daemon: DaemonConfig;
  readonly servers: readonly ServerConfig[];
  /** Ordered by (priority, name). */
  readonly groups: readonly GroupConfig[];
  /** False when an INI file has no `[rpcinterface:supervisor]`: then every `supervisor.*` call is an unknown method. */
  readonly supervisorInterface: boolean;
}

export interface DaemonConfig {
  readonly identifier: string;
  readonly logfile: ActivityLogTarget;
  /** Bytes; 0 never rotates. */
  readonly logfileMaxBytes: number;
  readonly logfileBackups: number;
  readonly logLevel: LogLevel;
  /** Absolute path. */
  readonly pidfile: string;
  readonly umask: number;
  readonly nodaemon: boolean;
  /** No echo of the activity log on stdout in the foreground. */
  readonly silent: boolean;
  readonly minfds: number;
  readonly minprocs: number;
  /** Keep the AUTO logs of earlier runs. */
  readonly nocleanup: boolean;
  readonly childlogdir: string;
  /** Drop to this user at start. */
  readonly user: UserAccount | null;
  /** Change to this directory when daemonizing. */
  readonly directory: string | null;
  readonly stripAnsi: boolean;
  /** For all children, not for the daemon; already merged into each process. */
  readonly environment: Environment;
  /** Where FIFOs live; `null` for the default place. */
  readonly runtimedir: string | null;
}

export type ActivityLogTarget =
  | { readonly kind: "none" }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "syslog" };

/** One HTTP listener. A server without credentials asks for none. */
export type ServerConfig = UnixServerConfig | InetServerConfig;

export interface UnixServerConfig {
  readonly kind: "unix";
  /** The section or key it comes from, for messages: `unix_http_server`. */
  readonly section: string;
  /** Absolute path. */
  readonly file: string;
  readonly mode: number;
  /** `null` keeps the daemon's own. */
  readonly owner: Ownership | null;
  readonly credentials: Credentials | null;
  /** Of those who may look and change nothing. */
  readonly viewer?: Credentials;
  /** Addresses of supervisord's page, such as `/index.html?action=stopall`, do what they say. */
  readonly legacyGetActions?: true;
}

export interface InetServerConfig {
  readonly kind: "inet";
  readonly section: string;
  /** Empty for all IPv4 interfaces. */
  readonly host: string;
  readonly port: number;
  readonly credentials: Credentials | null;
  /** Of those who may look and change nothing. */
  readonly viewer?: Credentials;
  /** Addresses of supervisord's page, such as `/index.html?action=stopall`, do what they say. */
  readonly legacyGetActions?: true;
}

export interface Credentials {
  readonly username: string;
  /** Plain text, or `{SHA}` and the SHA-1 of it in hex. */
  readonly password: string;
}

export interface UserAccount {
  readonly uid: number;
  /** The primary group. */
  readonly gid: number;
  /** The login name; for a bare number without an account, the number. */
  readonly name: string;
}

export interface Ownership {
  readonly uid: number;
  /** -1 leaves the group alone. */
  readonly gid: number;
}

export type Environment = Readonly<Record<string, string>>;

/** The unit of add and remove, and of shutdown order. */
export interface GroupConfig {
  readonly name: string;
  readonly priority: number;
  /** In config order: by (priority, name), or the order of `programs=`. */
  readonly processes: readonly ProcessConfig[];
  /** Set when the group is a pool of event listeners. */
  readonly listener: ListenerPoolConfig | null;
}

export interface ListenerPoolConfig {
  readonly events: readonly EventType[];
  readonly bufferSize: number;
  readonly resultHandler: string;
}

/** One process of a program: what decides about its life, and what makes its child. */
export interface ProcessConfig {
  readonly group: string;
  readonly name: string;
  /** The section it comes from, without its prefix. */
  readonly program: string;
  /** May change while the child runs. */
  readonly policy: ProcessPolicy;
  /** A change here takes a new child. */
  readonly launch: LaunchConfig;
}

export interface ProcessPolicy {
  readonly priority: number;
  readonly autostart: boolean;
  readonly autorestart: "never" | "unexpected" | "always";
  readonly exitCodes: readonly number[];
  /** How long a child must live to count as started. */
  readonly startMillis: Millis;
  /** Further tries after a failed start. */
  readonly startRetries: number;
  /**
   * What an end before `startMillis` means. `failure`: a failed start, whatever the exit code (supervisord's rule).
   * `finish-if-expected`: an expected exit code has finished the job, unless it restarts always (the YAML dialect's rule).
   */
  readonly earlyExit: "failure" | "finish-if-expected";
  readonly stopSignal: SignalNumber;
  /** From the stop signal to SIGKILL, and from one SIGKILL to the next. */
  readonly stopWaitMillis: Millis;
  /** The stop signal goes to the whole process group. */
  readonly stopAsGroup: boolean;
  /** SIGKILL goes to the whole process group. */
  readonly killAsGroup: boolean;
}

export interface LaunchConfig {
  readonly command: CommandLine;
  /** `null` inherits the daemon's. */
  readonly directory: string | null;
  /** `null` inherits the daemon's. */
  readonly umask: number | null;
  readonly user: UserAccount | null;
  /** Added to the daemon's environment and the SUPERVISOR_ variables; wins over both. */
  readonly environment: Environment;
  /** For SUPERVISOR_SERVER_URL; `null` derives it from the servers. */
  readonly serverUrl: string | null;
  /** stderr goes where stdout goes. */
  readonly redirectStderr: boolean;
  /** Descriptors 0, 1 and 2 are a terminal of its own; stderr then goes where stdout goes. */
  readonly tty: boolean;
  readonly stdout: StreamConfig;
  readonly stderr: StreamConfig;
  /** FastCGI: the listening socket that becomes descriptor 0. */
  readonly socket: FcgiSocketConfig | null;
}

export interface CommandLine {
  /** As configured, for display; a list is quoted into one line. */
  readonly text: string;
  /** The words; empty when `problem` is set. */
  readonly words: readonly string[];
  /** Why there are no words (`No closing quotation`); a start of the process fails with it. */
  readonly problem: string | null;
}

export interface StreamConfig {
  readonly log: LogTarget;
  /** Bytes; 0 never rotates. */
  readonly maxBytes: number;
  readonly backups: number;
  /** Bytes of one PROCESS_COMMUNICATION section; 0 is off. */
  readonly captureMaxBytes: number;
  readonly eventsEnabled: boolean;
  readonly syslog: boolean;
}

export type LogTarget =
  | { readonly kind: "none" }
  /** A file of the daemon's own naming in `childlogdir`. */
  | { readonly kind: "auto" }
  | { readonly kind: "file"; readonly path: string }
  /** The daemon's own stdout or stderr, line by line. */
  | { readonly kind: "inherit" };

export interface FcgiSocketConfig {
  /** `tcp://host:port` or `unix:///path`, as configured. */
  readonly url: string;
  readonly owner: Ownership | null;
  readonly mode: number | null;
  /** `null` for the system's SOMAXCONN. */
  readonly backlog: number | null;
}

/** What the control client takes from a config file. */
export interface CtlConfig {
  /** `http://host:port` or `unix:///absolute/path`. */
  readonly serverUrl: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly prompt: string;
  readonly historyFile: string | null;
}

import type { Config, Credentials, DaemonConfig, FcgiSocketConfig, GroupConfig, ServerConfig } from "../model/config.ts";
import { describeProcess, type ProcessDescription } from "./describe-process.ts";
import { octalText, ownershipText } from "./written-values.ts";

/**
 * A configuration as plain data for `check --json`: every default filled in, and every key called as supervisord's option.
 * The shape is documented in docs/reference/check-json.md.
 */
export interface ConfigDescription {
  readonly path: string;
  readonly files: readonly string[];
  readonly supervisor_interface: boolean;
  readonly daemon: DaemonDescription;
  readonly servers: readonly ServerDescription[];
  readonly groups: readonly GroupDescription[];
}

type DaemonDescription = ReturnType<typeof describeDaemon>;
type ServerDescription = ReturnType<typeof describeServer>;

export interface GroupDescription {
  readonly name: string;
  readonly priority: number;
  /** The section that makes the group. */
  readonly kind: "program" | "eventlistener" | "fcgi-program" | "group";
  readonly listener?: { readonly events: readonly string[]; readonly buffer_size: number; readonly result_handler: string };
  readonly fcgi?: ReturnType<typeof describeSocket>;
  readonly processes: readonly ProcessDescription[];
}

export interface DescribeOptions {
  /** Shows passwords instead of `********`. */
  readonly secrets?: boolean;
}

export function describeConfig(config: Config, { secrets = false }: DescribeOptions = {}): ConfigDescription {
  return {
    path: config.path,
    files: config.files,
    supervisor_interface: config.supervisorInterface,
    daemon: describeDaemon(config.daemon),
    servers: config.servers.map((server) => describeServer(server, secrets)),
    groups: config.groups.map(describeGroup),
  };
}

/** What a group was made from. A group without processes could have been anything; `group` says least. */
export function groupKind(group: GroupConfig): GroupDescription["kind"] {
  const { name, processes, listener } = group;
  if (listener !== null) return "eventlistener";
  if (processes.length > 0 && processes.every(({ launch }) => launch.socket !== null)) return "fcgi-program";
  const alone =
    processes.length > 0 && processes.every(({ program, policy }) => program === name && policy.priority === group.priority);
  return alone ? "program" : "group";
}

function describeDaemon(daemon: DaemonConfig) {
  return {
    logfile: daemon.logfile.kind === "file" ? daemon.logfile.path : daemon.logfile.kind,
    logfile_maxbytes: daemon.logfileMaxBytes,
    logfile_backups: daemon.logfileBackups,
    loglevel: daemon.logLevel,
    pidfile: daemon.pidfile,
    identifier: daemon.identifier,
    umask: octalText(daemon.umask),
    user: daemon.user?.name ?? null,
    directory: daemon.directory,
    minfds: daemon.minfds,
    minprocs: daemon.minprocs,
    nodaemon: daemon.nodaemon,
    silent: daemon.silent,
    nocleanup: daemon.nocleanup,
    childlogdir: daemon.childlogdir,
    strip_ansi: daemon.stripAnsi,
    environment: daemon.environment,
    runtimedir: daemon.runtimedir,
  };
}

function describeServer(server: ServerConfig, secrets: boolean) {
  const access = {
    ...describeCredentials(server.credentials, secrets),
    ...(server.legacyGetActions && { legacy_get_actions: true }),
    ...(server.viewer && { readonly: describeCredentials(server.viewer, secrets) }),
  };
  if (server.kind === "inet") return { kind: "inet" as const, port: `${server.host || "*"}:${server.port}`, ...access };
  return {
    kind: "unix" as const,
    file: server.file,
    chmod: octalText(server.mode),
    chown: server.owner === null ? null : ownershipText(server.owner),
    ...access,
  };
}

function describeCredentials(credentials: Credentials | null, secrets: boolean) {
  if (credentials === null) return { username: null, password: null };
  return { username: credentials.username, password: secrets ? credentials.password : "********" };
}

function describeGroup(group: GroupConfig): GroupDescription {
  const { name, priority, listener, processes } = group;
  const kind = groupKind(group);
  const socket = kind === "fcgi-program" ? processes[0]?.launch.socket : undefined;
  return {
    name,
    priority,
    kind,
    ...(listener && {
      listener: { events: listener.events, buffer_size: listener.bufferSize, result_handler: listener.resultHandler },
    }),
    ...(socket && { fcgi: describeSocket(socket) }),
    processes: processes.map(describeProcess),
  };
}

function describeSocket({ url, owner, mode, backlog }: FcgiSocketConfig) {
  return {
    socket: url,
    socket_owner: owner === null ? null : ownershipText(owner),
    socket_mode: mode === null ? null : octalText(mode),
    socket_backlog: backlog,
  };
}

import type {
  Environment,
  FcgiSocketConfig,
  ProcessPolicy,
  ServerConfig,
  StreamConfig,
  UserAccount,
} from "../../model/config.ts";
import { INET_SERVER_KEYS, UNIX_SERVER_KEYS } from "../keys/daemon-keys.ts";
import type { ConfigKey } from "../keys/key.ts";
import { FCGI_KEYS, PROGRAM_KEYS as KEYS, LISTENER_KEYS } from "../keys/program-keys.ts";
import { bytesText, octalText, ownershipText, secondsOf, signalText } from "../written-values.ts";
import type { FoldedFcgi, FoldedListener } from "./fold.ts";
import type { FoldedProgram } from "./fold-program.ts";
import { fill, type Template } from "./template.ts";

/** One key and its value, before a dialect has given them their form. */
export interface Entry {
  readonly option: ConfigKey;
  readonly value: EntryValue;
}

type EntryValue =
  /** A word or number that means the same in both dialects: `true`, `TERM`, `50MB`. */
  | { readonly kind: "word"; readonly text: string }
  /** Any text. */
  | { readonly kind: "text"; readonly template: Template }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "environment"; readonly variables: ReadonlyMap<string, Template> };

/** @param inherited - the environment of all programs, which need not be repeated. */
export function programEntries(program: FoldedProgram, inherited: Environment): readonly Entry[] {
  const { templates, launch, count, first } = program;
  const own = new Map([...templates.environment].filter(([name, template]) => !isText(template, inherited[name])));
  return [
    template(KEYS.command, templates.command),
    ...(count === 1 && isText(templates.processName, program.name) ? [] : [template(KEYS.process_name, templates.processName)]),
    word(KEYS.numprocs, count),
    ...(count > 1 ? [word(KEYS.numprocs_start, first)] : []),
    ...policyEntries(program.policy),
    ...(launch.user === null ? [] : [text(KEYS.user, launch.user.name)]),
    ...(launch.umask === null ? [] : [word(KEYS.umask, octalText(launch.umask))]),
    ...(templates.directory === null ? [] : [template(KEYS.directory, templates.directory)]),
    ...(own.size === 0 ? [] : [{ option: KEYS.environment, value: { kind: "environment", variables: own } } as const]),
    ...(launch.serverUrl === null ? [] : [text(KEYS.serverurl, launch.serverUrl)]),
    word(KEYS.redirect_stderr, launch.redirectStderr),
    word(KEYS.tty, launch.tty),
    ...streamEntries("stdout", launch.stdout, templates.stdout),
    // Redirected, it has no log of its own, and saying so would only make the reader wonder.
    ...streamEntries("stderr", launch.stderr, templates.stderr).filter(
      ({ option }) => !launch.redirectStderr || option !== KEYS.stderr_logfile,
    ),
  ];
}

export function listenerEntries(listener: FoldedListener, inherited: Environment): readonly Entry[] {
  const { events, bufferSize, resultHandler } = listener.pool;
  const entries = programEntries(listener, inherited).filter(({ option }) => option !== KEYS.priority);
  return [
    ...entries,
    { option: LISTENER_KEYS.events, value: { kind: "list", items: events } },
    word(LISTENER_KEYS.buffer_size, bufferSize),
    text(LISTENER_KEYS.result_handler, resultHandler),
  ];
}

/** @param daemonUid - the user of the daemon, whose sockets need no other owner. */
export function fcgiEntries(program: FoldedFcgi, inherited: Environment, daemonUid: number): readonly Entry[] {
  return [...programEntries(program, inherited), ...socketEntries(program.socket, program.launch.user, daemonUid)];
}

/** A unix socket belongs to the program's user anyway. */
function socketEntries(socket: FcgiSocketConfig, user: UserAccount | null, daemonUid: number): readonly Entry[] {
  const { url, owner, mode, backlog } = socket;
  const byDefault = user !== null && user.uid !== daemonUid && owner?.uid === user.uid && owner.gid === user.gid;
  return [
    text(FCGI_KEYS.socket, url),
    ...(byDefault || owner === null ? [] : [text(FCGI_KEYS.socket_owner, ownershipText(owner))]),
    ...(mode === null ? [] : [word(FCGI_KEYS.socket_mode, octalText(mode))]),
    ...(backlog === null ? [] : [word(FCGI_KEYS.socket_backlog, backlog)]),
  ];
}

export function serverEntries(server: ServerConfig): readonly Entry[] {
  const credentials =
    server.credentials === null
      ? []
      : [
          text(UNIX_SERVER_KEYS.username, server.credentials.username),
          text(UNIX_SERVER_KEYS.password, server.credentials.password),
        ];
  const viewer = [...viewerEntries(server), word(UNIX_SERVER_KEYS.legacy_get_actions, server.legacyGetActions === true)];
  if (server.kind === "inet")
    return [text(INET_SERVER_KEYS.port, `${server.host || "*"}:${server.port}`), ...credentials, ...viewer];
  return [
    text(UNIX_SERVER_KEYS.file, server.file),
    word(UNIX_SERVER_KEYS.chmod, octalText(server.mode)),
    ...(server.owner === null ? [] : [text(UNIX_SERVER_KEYS.chown, ownershipText(server.owner))]),
    ...credentials,
    ...viewer,
  ];
}

function viewerEntries({ viewer }: ServerConfig): readonly Entry[] {
  if (viewer === undefined) return [];
  const variables = new Map([
    ["username", textTemplate(viewer.username)],
    ["password", textTemplate(viewer.password)],
  ]);
  return [{ option: UNIX_SERVER_KEYS.readonly, value: { kind: "environment", variables } }];
}

export function word(option: ConfigKey, value: string | number | boolean): Entry {
  return { option, value: { kind: "word", text: String(value) } };
}

export function text(option: ConfigKey, value: string): Entry {
  return template(option, textTemplate(value));
}

function textTemplate(value: string): Template {
  return value === "" ? [] : [{ kind: "text", text: value }];
}

function template(option: ConfigKey, value: Template): Entry {
  return { option, value: { kind: "text", template: value } };
}

function policyEntries(policy: ProcessPolicy): readonly Entry[] {
  return [
    word(KEYS.priority, policy.priority),
    word(KEYS.autostart, policy.autostart),
    word(KEYS.autorestart, AUTORESTART[policy.autorestart]),
    { option: KEYS.exitcodes, value: { kind: "list", items: policy.exitCodes.map(String) } },
    word(KEYS.startretries, policy.startRetries),
    word(KEYS.startsecs, secondsOf(policy.startMillis)),
    word(KEYS.early_exit, policy.earlyExit),
    word(KEYS.stopsignal, signalText(policy.stopSignal)),
    word(KEYS.stopwaitsecs, secondsOf(policy.stopWaitMillis)),
    word(KEYS.stopasgroup, policy.stopAsGroup),
    word(KEYS.killasgroup, policy.killAsGroup),
  ];
}

const AUTORESTART = { unexpected: "unexpected", always: "true", never: "false" } as const;

function streamEntries(channel: "stdout" | "stderr", stream: StreamConfig, path: Template | null): readonly Entry[] {
  const log = KEYS[`${channel}_logfile`];
  return [
    path === null ? word(log, stream.log.kind) : template(log, path),
    word(KEYS[`${channel}_logfile_maxbytes`], bytesText(stream.maxBytes)),
    word(KEYS[`${channel}_logfile_backups`], stream.backups),
    word(KEYS[`${channel}_capture_maxbytes`], bytesText(stream.captureMaxBytes)),
    word(KEYS[`${channel}_events_enabled`], stream.eventsEnabled),
    word(KEYS[`${channel}_syslog`], stream.syslog),
  ];
}

/** Whether a template is always this one text. */
function isText(pieces: Template, value: string | undefined): boolean {
  return pieces.every(({ kind }) => kind === "text") && fill(pieces, { number: 0, group: "" }) === value;
}

import { CTL_KEYS, DAEMON_KEYS, INET_SERVER_KEYS, UNIX_SERVER_KEYS } from "./keys/daemon-keys.ts";
import { type ConfigKey, key, value, words } from "./keys/key.ts";
import { FCGI_KEYS, LISTENER_KEYS, PROGRAM_KEYS } from "./keys/program-keys.ts";

/** A kind of section: how each dialect calls it, and its keys by their INI names. */
export interface ConfigSection {
  /** `program` for `[program:x]`, `supervisord` for `[supervisord]`. */
  readonly ini: string;
  /** Whether the INI section carries a name after a colon. Servers may, but need not. */
  readonly named: boolean;
  /** The path of the YAML key: `programs`, `http.unix`. */
  readonly yaml: string;
  readonly keys: Readonly<Record<string, ConfigKey>>;
  readonly help: string;
}

/** Every option of every section: the one list behind both loaders, the schema, the reference and all messages. */
export const SECTIONS = {
  program: {
    ini: "program",
    named: true,
    yaml: "programs",
    keys: PROGRAM_KEYS,
    help: "Programs to run, by name; each makes a group of its own unless it is listed in a group.",
  },
  listener: {
    ini: "eventlistener",
    named: true,
    yaml: "listeners",
    keys: { ...PROGRAM_KEYS, ...LISTENER_KEYS },
    help: "Programs that hear of events over their stdin.",
  },
  fcgi: {
    ini: "fcgi-program",
    named: true,
    yaml: "fcgi",
    keys: { ...PROGRAM_KEYS, ...FCGI_KEYS },
    help: "Programs that share a listening socket as their descriptor 0.",
  },
  group: {
    ini: "group",
    named: true,
    yaml: "groups",
    keys: {
      programs: key("programs", {
        type: "names",
        default: words("an empty group"),
        help: "The programs of the group; they form no groups of their own.",
      }),
      priority: key("priority", {
        type: "integer",
        default: value("999"),
        help: "Groups of low priority start first and are shut down last.",
      }),
    },
    help: "Programs that are started and stopped together.",
  },
  unixServer: {
    ini: "unix_http_server",
    named: false,
    yaml: "http.unix",
    keys: UNIX_SERVER_KEYS,
    help: "A server on a unix socket, or a list of them.",
  },
  inetServer: {
    ini: "inet_http_server",
    named: false,
    yaml: "http.inet",
    keys: INET_SERVER_KEYS,
    help: "A server on a TCP port, or a list of them; off the loopback interface it needs a password.",
  },
  daemon: { ini: "supervisord", named: false, yaml: "daemon", keys: DAEMON_KEYS, help: "The daemon itself." },
  ctl: { ini: "supervisorctl", named: false, yaml: "ctl", keys: CTL_KEYS, help: "The control client." },
  include: {
    ini: "include",
    named: false,
    yaml: "include",
    keys: {
      files: key("files", {
        type: "file-globs",
        required: true,
        help: "Patterns of further files to read, relative to the folder of the main file.",
      }),
    },
    help: "Further files to read.",
  },
} as const satisfies Record<string, ConfigSection>;

export type SectionKind = keyof typeof SECTIONS;

/** The default of a key as one would write it in INI; `null` where no one value says it. */
export function iniDefault(option: ConfigKey): string | null {
  return option.iniDefault.kind === "value" ? option.iniDefault.text : null;
}

/** The default of a key as one would write it in YAML; `null` where no one value says it. */
export function yamlDefault(option: ConfigKey): string | null {
  return option.yamlDefault.kind === "value" ? option.yamlDefault.text : null;
}

/** One option of one section, as both dialects, the JSON schema, the reference page and every message know it. */
export interface ConfigKey {
  /** The option's name in an INI file, and in `check --json`; `null` when INI cannot say it. */
  readonly ini: string | null;
  /** The key's name in a YAML file. */
  readonly yaml: string;
  /** Another name that YAML accepts for it: supervisord's word. */
  readonly alias: string | null;
  readonly type: ValueType;
  readonly required: boolean;
  readonly iniDefault: Default;
  readonly yamlDefault: Default;
  /** Bounds of a number, inclusive. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** One sentence: what it does, with its unit. */
  readonly help: string;
}

/** What leaving a key out means: a value as one would write it, or, where no one value says it, words for the reference. */
export type Default = { readonly kind: "value"; readonly text: string } | { readonly kind: "words"; readonly text: string };

/**
 * Value types by name; each says in words what it accepts, for messages and for the reference, and where it has parts, what each of
 * them may be.
 */
export const VALUE_TYPES = {
  "activity-log": { accepts: 'a path, "syslog" or "none"' },
  autorestart: { accepts: '"unexpected", "always", "never", true or false' },
  boolean: { accepts: "true or false" },
  bytes: { accepts: "a number of bytes, or a number with KB, MB or GB" },
  command: { accepts: "a command line, or a list of words", part: "a word" },
  directory: { accepts: "the path of a directory" },
  "early-exit": { accepts: '"finish-if-expected" or "failure"' },
  environment: {
    accepts: "a map of names and values, or a list of NAME=VALUE",
    part: 'a text, a number, true or false ("" is an empty value)',
  },
  "event-types": { accepts: "a list of event types", part: "an event type such as PROCESS_STATE_FATAL" },
  "exit-codes": { accepts: 'a number from 0 to 255, a list of them, or a text such as "0,2"', part: "a number from 0 to 255" },
  "file-globs": { accepts: "a list of file patterns", part: "a file pattern" },
  "inet-address": { accepts: "a port from 1 to 65535, or host:port" },
  integer: { accepts: "a whole number" },
  "log-level": { accepts: "critical, error, warn, info, debug, trace or blather" },
  "log-target": { accepts: 'a path, "auto", "none" or "inherit"' },
  login: { accepts: "a map of username and password", part: "a text" },
  names: { accepts: "a list of names", part: "a name" },
  octal: { accepts: "an octal number up to 0777, such as 022" },
  ownership: { accepts: "a user, or user:group" },
  path: { accepts: "a path" },
  seconds: { accepts: "a number of seconds, or a number with ms, s, m or h" },
  signal: { accepts: "a signal's name or number, such as TERM, SIGTERM or 15" },
  "socket-url": { accepts: "tcp://host:port or unix:///absolute/path" },
  string: { accepts: "a text" },
  user: { accepts: "a user's name or number" },
} as const satisfies Readonly<Record<string, { readonly accepts: string; readonly part?: string }>>;

type ValueType = keyof typeof VALUE_TYPES;

interface KeyOptions {
  /** The YAML name where it is not the INI name; the INI name then becomes the alias. */
  readonly yaml?: string;
  readonly type: ValueType;
  readonly required?: true;
  /** The default of both dialects. */
  readonly default?: Default;
  /** The default of YAML, where it is another one. */
  readonly yamlDefault?: Default;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly help: string;
}

/** A key of both dialects, called by its INI name. */
export function key(ini: string, options: KeyOptions): ConfigKey {
  return { ...complete(options), ini, yaml: options.yaml ?? ini, alias: options.yaml === undefined ? null : ini };
}

/** A key that only YAML knows. */
export function yamlKey(yaml: string, options: Omit<KeyOptions, "yaml">): ConfigKey {
  return { ...complete(options), ini: null, yaml, alias: null };
}

export function value(text: string): Default {
  return { kind: "value", text };
}

export function words(text: string): Default {
  return { kind: "words", text };
}

function complete(options: KeyOptions): Omit<ConfigKey, "ini" | "yaml" | "alias"> {
  const iniDefault = options.default ?? words(options.required ? "required" : "none");
  return {
    type: options.type,
    required: options.required ?? false,
    iniDefault,
    yamlDefault: options.yamlDefault ?? iniDefault,
    minimum: options.minimum ?? null,
    maximum: options.maximum ?? null,
    help: options.help,
  };
}

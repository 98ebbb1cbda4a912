import { getopt, type OptionSpec } from "../src/config/getopt.ts";
import type { OutputFormat } from "./line/output-format.ts";
import { quoted } from "./render/quoted.ts";

export interface CtlOption extends OptionSpec {
  readonly key:
    | "configuration"
    | "help"
    | "interactive"
    | "serverUrl"
    | "username"
    | "password"
    | "passwordFile"
    | "historyFile"
    | "json"
    | "quiet"
    | "plain"
    | "version";
  /** What stands for its value in the help. */
  readonly placeholder: string;
  readonly text: string;
}

/** The command line's options: those of supervisorctl, then our own, which have no letters. Help and reference are made from this list. */
export const CTL_OPTIONS: readonly CtlOption[] = [
  option("configuration", "c", "configuration", "FILE", "the configuration file; without it the usual places are searched"),
  option("help", "h", "help", "", "print this help and exit"),
  option("help", "?", null, "", "the same"),
  option("interactive", "i", "interactive", "", "ask for a login, and before a shutdown, where it would not be done"),
  option("serverUrl", "s", "serverurl", "URL", "the daemon: http://host:port or unix:///path/of/socket"),
  option("username", "u", "username", "NAME", "the username that the daemon wants"),
  option("password", "p", "password", "PASSWORD", "the password that the daemon wants"),
  option("historyFile", "r", "history_file", "FILE", "keep the lines typed in the shell in this file"),
  option("passwordFile", null, "password-file", "FILE", "read the password from this file, or from standard input with -"),
  option("json", null, "json", "", "print one JSON document and nothing else"),
  option("quiet", null, "quiet", "", "print nothing when an action went well"),
  option("plain", null, "no-color", "", "print without colours, as NO_COLOR=1 does"),
  option("version", null, "version", "", "print the version of taskmasterctl and exit"),
];

export type ParsedOptions =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "mistake"; readonly message: string }
  | { readonly kind: "run"; readonly given: GivenOptions };

export interface GivenOptions {
  readonly configuration: string | null;
  readonly serverUrl: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly passwordFile: string | null;
  readonly historyFile: string | null;
  readonly interactive: boolean;
  readonly format: OutputFormat;
  /** The action and its words; `null` for the shell. */
  readonly action: readonly string[] | null;
}

/** Reads the command line, without the program's name. */
export function parseOptions(words: readonly string[]): ParsedOptions {
  const parsed = getopt(words, CTL_OPTIONS);
  if (!parsed.ok) return { kind: "mistake", message: parsed.problem };
  const values = new Map<CtlOption["key"], string>();
  for (const { spec, flag, value } of parsed.options) {
    if (spec.key === "help" || spec.key === "version") return { kind: spec.key };
    if (values.has(spec.key)) return { kind: "mistake", message: `conflicting command line option ${quoted(flag)}` };
    if (spec.key === "serverUrl" && !isUrl(value)) {
      return { kind: "mistake", message: `invalid value for ${flag} ${quoted(value)}: value ${quoted(value)} is not a URL` };
    }
    values.set(spec.key, value);
  }
  return {
    kind: "run",
    given: {
      configuration: values.get("configuration") ?? null,
      serverUrl: values.get("serverUrl") ?? null,
      username: values.get("username") ?? null,
      password: values.get("password") ?? null,
      passwordFile: values.get("passwordFile") ?? null,
      historyFile: values.get("historyFile") ?? null,
      interactive: values.has("interactive"),
      format: { json: values.has("json"), quiet: values.has("quiet"), plain: values.has("plain") },
      action: parsed.rest.length === 0 ? null : parsed.rest,
    },
  };
}

/** A scheme and something behind it. Whether it can be reached is found out when it is. */
function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:(?!\/\/$)./i.test(text);
}

function option(key: CtlOption["key"], short: string | null, long: string | null, placeholder: string, text: string): CtlOption {
  const isOwn = short === null;
  return { key, short, long, placeholder, text, takesValue: placeholder !== "", spelledOut: isOwn };
}

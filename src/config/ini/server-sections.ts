import type { Credentials, InetServerConfig, UnixServerConfig } from "../../model/config.ts";
import { SECTIONS } from "../keys.ts";
import { absolutePath } from "../paths.ts";
import { ConfigProblem } from "./config-problem.ts";
import { extend } from "./expand.ts";
import type { IniContext } from "./ini-context.ts";
import type { IniSection } from "./ini-document.ts";
import { type OptionReader, optionReader } from "./option-reader.ts";
import * as values from "./option-values.ts";
import { strip } from "./python-text.ts";

/**
 * Reads `[inet_http_server]`.
 * @throws ConfigProblem
 */
export function readInetServer(context: IniContext, section: IniSection): InetServerConfig {
  const options = optionReader(context.document, section, SECTIONS.inetServer.keys, context.environmentNames);
  const credentials = readCredentials(options);
  const address = options.optional("port", values.inetAddress);
  if (address === undefined) throw new ConfigProblem(`section [${section.name}] has no port value`, section.position);
  return { kind: "inet", section: section.name, ...address, credentials, ...readLegacy(options) };
}

/**
 * Reads `[unix_http_server]`.
 * @throws ConfigProblem
 */
export function readUnixServer(context: IniContext, section: IniSection): UnixServerConfig {
  const { document, world, environmentNames } = context;
  const options = optionReader(document, section, SECTIONS.unixServer.keys, environmentNames);
  const withHere = optionReader(document, section, SECTIONS.unixServer.keys, extend(environmentNames, { here: context.here }));
  const file = withHere.optional("file", (value) => absolutePath(strip(value), world));
  if (file === undefined) throw new ConfigProblem(`section [${section.name}] has no file value`, section.position);
  const credentials = readCredentials(options);
  const owner = options.optional("chown", (value) => values.ownership(value, "sockchown", world)) ?? null;
  const mode = options.setting("chmod", (value) => values.mode(value, "chmod"));
  return { kind: "unix", section: section.name, file, mode, owner, credentials, ...readLegacy(options) };
}

/** An option of ours, which supervisord does not know: its page always does so. */
function readLegacy(options: OptionReader<"legacy_get_actions">): { readonly legacyGetActions?: true } {
  return options.setting("legacy_get_actions", values.boolean) ? { legacyGetActions: true } : {};
}

/** Both or neither; an empty user name means no authentication. */
function readCredentials(options: OptionReader<"username" | "password">): Credentials | null {
  const username = options.optional("username", values.text);
  const password = options.optional("password", values.text);
  if ((username === undefined) !== (password === undefined)) {
    const rule = "If a username or a password is specified, both the username and password must be specified";
    throw new ConfigProblem(
      `Section [${options.section.name}] contains incomplete authentication: ${rule}`,
      options.section.position,
    );
  }
  return username === undefined || username === "" || password === undefined ? null : { username, password };
}

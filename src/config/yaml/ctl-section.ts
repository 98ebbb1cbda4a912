import type { CtlConfig, ServerConfig } from "../../model/config.ts";
import { CTL_KEYS as KEYS } from "../keys/daemon-keys.ts";
import { readText, refuse, resolvePath, type Section } from "./section.ts";
import { readPath, readString } from "./values.ts";

/**
 * Reads `ctl`. What it does not say comes from the servers of the same file, so that the client finds the daemon without being told
 * twice; credentials do so only along with the address.
 */
export function readCtl(section: Section, servers: readonly ServerConfig[]): CtlConfig {
  const url = readServerUrl(section);
  const access = url === null ? defaultAccess(servers) : { serverUrl: url, username: null, password: null };
  return {
    serverUrl: access.serverUrl,
    username: readString(section, KEYS.username) ?? access.username,
    password: readString(section, KEYS.password) ?? access.password,
    prompt: readString(section, KEYS.prompt) ?? "",
    historyFile: readPath(section, KEYS.history_file),
  };
}

/** How the client reaches the daemon of these servers: a unix socket rather than TCP, and with the password if that is no hash. */
export function defaultAccess(servers: readonly ServerConfig[]): Pick<CtlConfig, "serverUrl" | "username" | "password"> {
  const server = servers.find(({ kind }) => kind === "unix") ?? servers[0];
  if (server === undefined) return { serverUrl: NO_SERVER, username: null, password: null };
  const { credentials } = server;
  const known = credentials !== null && !credentials.password.startsWith("{SHA}");
  return {
    serverUrl: urlOf(server),
    username: known ? credentials.username : null,
    password: known ? credentials.password : null,
  };
}

/** What supervisorctl tries when it knows nothing better. */
const NO_SERVER = "http://localhost:9001";

/** The path of `unix://` may be relative to the file, as every path may. */
function readServerUrl(section: Section): string | null {
  const written = readText(section, KEYS.serverurl);
  if (written === null) return null;
  const { text } = written;
  if (text.startsWith("unix://")) return `unix://${resolvePath(section, text.slice("unix://".length))}`;
  if (/^https?:\/\/[^/\s]/.test(text)) return text;
  refuse(section, KEYS.serverurl, written, "expected http://host:port or unix:///path");
  return null;
}

function urlOf(server: ServerConfig): string {
  if (server.kind === "unix") return `unix://${server.file}`;
  return `http://${server.host === "" ? "localhost" : server.host}:${server.port}`;
}

import type { CtlConfig, ServerConfig } from "../../model/config.ts";
import { CTL_KEYS as KEYS } from "../keys/daemon-keys.ts";
import { readText, refuse, resolvePath, type Section } from "./section.ts";
import { readPath, readString } from "./values.ts";

/**
 * Reads `ctl`. What it does not say comes from the servers of the same file, unix sockets first, so that the client finds the daemon
 * without being told twice.
 */
export function readCtl(section: Section, servers: readonly ServerConfig[]): CtlConfig {
  const server = servers.find(({ kind }) => kind === "unix") ?? servers[0];
  const url = readServerUrl(section);
  const credentials = url === null ? (server?.credentials ?? null) : null;
  const password = credentials?.password.startsWith("{SHA}") ? null : (credentials?.password ?? null);
  return {
    serverUrl: url ?? (server === undefined ? NO_SERVER : urlOf(server)),
    username: readString(section, KEYS.username) ?? (password === null ? null : (credentials?.username ?? null)),
    password: readString(section, KEYS.password) ?? password,
    prompt: readString(section, KEYS.prompt) ?? "",
    historyFile: readPath(section, KEYS.history_file),
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

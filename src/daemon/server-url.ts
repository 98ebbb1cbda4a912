import type { ServerConfig } from "../model/config.ts";

/**
 * Where children reach the daemon: the first unix socket, else the last TCP listener; `null` without any.
 * @see supervisor/options.py: the value of SUPERVISOR_SERVER_URL
 */
export function childServerUrl(servers: readonly ServerConfig[]): string | null {
  const unix = servers.find((server) => server.kind === "unix");
  if (unix !== undefined) return `unix://${unix.file}`;
  const inet = servers.findLast((server) => server.kind === "inet");
  return inet === undefined ? null : `http://${inet.host === "" ? "localhost" : inet.host}:${inet.port}`;
}

/** How messages name a listener. */
export function describeServer(server: ServerConfig): string {
  return server.kind === "unix" ? `unix://${server.file}` : `${server.host === "" ? "*" : server.host}:${server.port}`;
}

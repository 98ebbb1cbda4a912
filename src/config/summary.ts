import type { Config, ServerConfig } from "../model/config.ts";
import { groupKind } from "./describe.ts";

/** A configuration in a few lines for humans: what it would run, and where the daemon would listen. */
export function summarise(config: Config): readonly string[] {
  const processes = config.groups.flatMap((group) => group.processes);
  const autostart = processes.filter(({ policy }) => policy.autostart).length;
  const pools = config.groups.filter((group) => groupKind(group) === "eventlistener").length;
  const lines = [
    `${plural(config.files.length, "file")}: ${config.files.join(", ")}`,
    `${plural(config.groups.length, "group")}, ${plural(processes.length, "process", "processes")} (${autostart} of them started with the daemon)`,
    ...(pools > 0 ? [`${plural(pools, "group")} of event listeners`] : []),
    ...config.servers.map((server) => `listens on ${addressOf(server)}${server.credentials === null ? "" : " with a password"}`),
  ];
  return config.servers.length > 0 ? lines : [...lines, "listens nowhere: no client can reach the daemon"];
}

function addressOf(server: ServerConfig): string {
  return server.kind === "unix" ? `unix://${server.file}` : `http://${server.host || "*"}:${server.port}`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

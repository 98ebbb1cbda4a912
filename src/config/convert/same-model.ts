import { resolve } from "node:path";
import type { Config, ProcessConfig, StreamConfig } from "../../model/config.ts";
import { structurallyEqual } from "../../model/equal.ts";

/**
 * Names the first part in which two configurations differ; `null` when they mean the same. What a file cannot carry over does not
 * count: where it lies, and what its server sections are called. Relative paths are compared as the daemon would open them.
 */
export function firstDifference(one: Config, other: Config, cwd: string): string | null {
  const [left, right] = [comparable(one, cwd), comparable(other, cwd)];
  for (const part of ["daemon", "servers", "supervisorInterface"] as const) {
    if (!structurallyEqual(left[part], right[part])) return part;
  }
  const names = new Set([...left.groups, ...right.groups].map(({ name }) => name));
  for (const name of names) {
    const [group, twin] = [left.groups, right.groups].map((groups) => groups.find((each) => each.name === name));
    if (!structurallyEqual(group, twin)) return `group ${JSON.stringify(name)}`;
  }
  return structurallyEqual(left.groups, right.groups) ? null : "the order of the groups";
}

function comparable({ daemon, servers, supervisorInterface, groups }: Config, cwd: string) {
  return {
    daemon: {
      ...daemon,
      childlogdir: resolve(cwd, daemon.childlogdir),
      directory: daemon.directory && resolve(cwd, daemon.directory),
    },
    supervisorInterface,
    servers: servers.map(({ section: _, ...server }) => server),
    groups: groups.map((group) => ({ ...group, processes: group.processes.map((process) => absolute(process, cwd)) })),
  };
}

function absolute(process: ProcessConfig, cwd: string): ProcessConfig {
  const { directory, stdout, stderr } = process.launch;
  const launch = {
    ...process.launch,
    directory: directory === null ? null : resolve(cwd, directory),
    stdout: absoluteLog(stdout, cwd),
    stderr: absoluteLog(stderr, cwd),
  };
  return { ...process, launch };
}

function absoluteLog(stream: StreamConfig, cwd: string): StreamConfig {
  if (stream.log.kind !== "file") return stream;
  return { ...stream, log: { kind: "file", path: resolve(cwd, stream.log.path) } };
}

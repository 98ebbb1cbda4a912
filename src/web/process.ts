/** A process as `taskmaster.getProcesses` tells of it; times are seconds since 1970. */
export interface ProcessFacts {
  readonly group: string;
  readonly name: string;
  readonly program: string;
  readonly statename: string;
  readonly pid: number;
  readonly start: number;
  readonly stop: number;
  readonly now: number;
  readonly description: string;
  readonly restarts: number;
  readonly has_exited: boolean;
  readonly exit_code: number;
  readonly exit_signal: string;
  readonly exit_expected: boolean;
  readonly spawn_error: string;
  readonly user: string;
  readonly tty: boolean;
  readonly cpu_seconds?: number;
  readonly memory_kib?: number;
  readonly processes?: number;
}

/** The states in which a process is up or about to be. */
const UP = new Set(["RUNNING", "STARTING", "BACKOFF", "STOPPING"]);

export function isUp({ statename }: Pick<ProcessFacts, "statename">): boolean {
  return UP.has(statename);
}

/** `web` for a process whose group is called alike, `group:name` for any other. */
export function namespec({ group, name }: Pick<ProcessFacts, "group" | "name">): string {
  return group === name ? name : `${group}:${name}`;
}

/** The name that means this process in a call, whatever it is called. */
export function fullName({ group, name }: Pick<ProcessFacts, "group" | "name">): string {
  return `${group}:${name}`;
}

/** How the last child ended, in a few words; empty when none ever did. */
export function lastExit({ has_exited, exit_code, exit_signal, exit_expected }: ProcessFacts): string {
  if (!has_exited) return "";
  const how = exit_signal === "" ? `exit ${exit_code}` : exit_signal;
  return exit_expected ? how : `${how}, unexpected`;
}

/** What kept a process from starting; empty for one that has started. An unexpected exit is one too, which `lastExit` tells better. */
export function startProblem({ statename, spawn_error }: ProcessFacts): string {
  return statename === "FATAL" || statename === "BACKOFF" ? spawn_error : "";
}

/** `2d 3h`, `4m 5s`: the two largest units. */
export function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [Math.floor(seconds) % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return "0s";
  return parts
    .slice(first, first + 2)
    .map(([count, unit]) => `${count}${unit}`)
    .join(" ");
}

export function bytes(kib: number): string {
  if (kib < 1024) return `${kib} KiB`;
  const mib = kib / 1024;
  return mib < 1024 ? `${mib.toFixed(mib < 10 ? 1 : 0)} MiB` : `${(mib / 1024).toFixed(1)} GiB`;
}

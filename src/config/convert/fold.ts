import type { Config, FcgiSocketConfig, GroupConfig, ListenerPoolConfig, ProcessConfig } from "../../model/config.ts";
import { groupKind } from "../describe.ts";
import { type FoldedProgram, foldProgram } from "./fold-program.ts";

/** A configuration as an author would have written it: processes folded back into their programs. */
export interface FoldedConfig {
  readonly programs: readonly FoldedProgram[];
  readonly listeners: readonly FoldedListener[];
  readonly fcgi: readonly FoldedFcgi[];
  /** Groups that must be written as such; programs outside of them make their own. */
  readonly groups: readonly FoldedGroup[];
  /** What no configuration file could say. */
  readonly problems: readonly string[];
}

interface FoldedGroup {
  readonly name: string;
  readonly priority: number;
  readonly programs: readonly string[];
}

export interface FoldedListener extends FoldedProgram {
  readonly pool: ListenerPoolConfig;
  readonly groupPriority: number;
}

export interface FoldedFcgi extends FoldedProgram {
  readonly socket: FcgiSocketConfig;
}

export function foldConfig({ groups }: Config): FoldedConfig {
  const problems: string[] = [];
  const fold = (name: string, processes: readonly ProcessConfig[]): readonly FoldedProgram[] => {
    const program = foldProgram(name, processes);
    if (typeof program !== "string") return [program];
    problems.push(program);
    return [];
  };
  const listeners = groups.flatMap(({ name, priority, processes, listener }) =>
    listener === null ? [] : fold(name, processes).map((program) => ({ ...program, pool: listener, groupPriority: priority })),
  );
  const fcgi = groups.flatMap((group) => {
    const socket = sharedSocket(group);
    return socket === null ? [] : fold(group.name, group.processes).map((program) => ({ ...program, socket }));
  });
  const ordinary = groups.filter((group) => group.listener === null && sharedSocket(group) === null);
  const placements = placementsOf(ordinary);
  const programs = [...placements].flatMap(([name, processes]) => fold(name, processes));
  const written = ordinary.filter((group) => needsGroup(group, placements));
  return { programs, listeners, fcgi, groups: written.map(foldGroup), problems };
}

function sharedSocket(group: GroupConfig): FcgiSocketConfig | null {
  return groupKind(group) === "fcgi-program" ? (group.processes[0]?.launch.socket ?? null) : null;
}

/** All processes of each program, in whatever group they are. */
function placementsOf(groups: readonly GroupConfig[]): ReadonlyMap<string, readonly ProcessConfig[]> {
  const placements = new Map<string, ProcessConfig[]>();
  for (const process of groups.flatMap(({ processes }) => processes)) {
    const known = placements.get(process.program);
    if (known === undefined) placements.set(process.program, [process]);
    else known.push(process);
  }
  return placements;
}

/** A program in another group as well has no group of its own unless that is written. */
function needsGroup(group: GroupConfig, placements: ReadonlyMap<string, readonly ProcessConfig[]>): boolean {
  return groupKind(group) !== "program" || placements.get(group.name)?.length !== group.processes.length;
}

function foldGroup({ name, priority, processes }: GroupConfig): FoldedGroup {
  return { name, priority, programs: [...new Set(processes.map(({ program }) => program))] };
}

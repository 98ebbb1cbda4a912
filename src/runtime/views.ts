import { childOf } from "../kernel/phase.ts";
import type { Process } from "../kernel/process.ts";
import { type Group, membersOf, type Supervision } from "../kernel/supervision.ts";
import { exitCode } from "../model/exit-status.ts";
import type { GroupView, ProcessView } from "./control.ts";

const views = new WeakMap<Process, ProcessView>();

/** A process as clients see it: the same object until something about the process changes. */
export function viewProcess(process: Process): ProcessView {
  const known = views.get(process);
  if (known !== undefined) return known;
  const view = makeView(process);
  views.set(process, view);
  return view;
}

function makeView(process: Process): ProcessView {
  return {
    id: process.id,
    config: process.config,
    state: process.phase.state,
    pid: childOf(process.phase) ?? 0,
    startedAt: process.startedAt,
    stoppedAt: process.stoppedAt,
    spawnError: process.spawnError,
    lastExit: process.lastExit,
    restarts: process.restarts,
    tries: process.failures,
    exitCode: process.exit === null ? 0 : exitCode(process.exit),
  };
}

export function viewGroup(state: Supervision, group: Group): GroupView {
  return {
    name: group.config.name,
    priority: group.config.priority,
    processes: membersOf(state, group).map(viewProcess),
  };
}

import type { ProcessId } from "../model/namespec.ts";
import { isStopped } from "../model/process-state.ts";
import { childOf } from "./phase.ts";
import type { Supervision } from "./supervision.ts";

/**
 * Marks a process UNKNOWN after a step about it has failed: the step left it as it was, and it must not be trusted further.
 * The one change of state that the table of transitions does not know.
 */
export function quarantine(state: Supervision, id: ProcessId, problem: string): void {
  const process = state.processes.get(id);
  if (process === undefined) return;
  state.processes.set(id, { ...process, phase: { state: "UNKNOWN", pid: childOf(process.phase) }, spawnError: problem });
  state.alarms.set(id, null);
  const group = state.groups.get(process.config.group);
  if (group !== undefined && process.phase.state !== "UNKNOWN") group.busy = countBusy(state, group.members);
}

function countBusy(state: Supervision, members: readonly ProcessId[]): number {
  return members.filter((id) => isBusy(state, id)).length;
}

function isBusy(state: Supervision, id: ProcessId): boolean {
  const process = state.processes.get(id);
  return process !== undefined && !isStopped(process.phase.state);
}

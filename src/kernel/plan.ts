import type { GroupConfig, ProcessConfig } from "../model/config.ts";
import { structurallyEqual } from "../model/equal.ts";
import type { ProcessId } from "../model/namespec.ts";
import type { PlannedAction } from "../model/request.ts";
import type { Instant } from "../model/time.ts";
import { isAtRest, type Process } from "./process.ts";
import { newSupervision, type Supervision } from "./supervision.ts";
import { update } from "./update.ts";

/** What an update would do with one process. */
export interface PlannedProcess {
  readonly action: PlannedAction;
  /** `null` where there was none, or will be none. */
  readonly before: ProcessConfig | null;
  readonly after: ProcessConfig | null;
}

/**
 * Tells what an update would do to each process, without doing it: the update itself runs on a copy of the state, so that the two cannot
 * disagree.
 */
export function planUpdate(
  state: Supervision,
  groups: readonly GroupConfig[],
  only: ReadonlySet<string> | null,
  now: Instant,
): readonly PlannedProcess[] {
  const copy = copyOf(state);
  update(copy, { kind: "update", request: 0, groups, only }, now);
  const ids = new Set<ProcessId>([...copy.processes.keys(), ...state.processes.keys()]);
  return [...ids].map((id) => compare(state.processes.get(id), copy.processes.get(id)));
}

/** Processes are values and can be shared; what an update writes into is made anew. */
function copyOf(state: Supervision): Supervision {
  return {
    ...newSupervision(),
    mode: state.mode,
    isUp: state.isUp,
    groups: new Map([...state.groups].map(([name, group]) => [name, { ...group }])),
    processes: new Map(state.processes),
  };
}

function compare(before: Process | undefined, after: Process | undefined): PlannedProcess {
  const wanted = after === undefined ? null : configToCome(after);
  const configs = { before: before?.config ?? null, after: wanted };
  if (before === undefined) return { ...configs, action: after?.phase.state === "STARTING" ? "start" : "add" };
  if (after === undefined) return { ...configs, action: "remove" };
  if (before === after) return { ...configs, action: "nothing" };
  const { successor } = after;
  if (successor !== null && successor !== before.successor) {
    if (successor.kind === "none") return { ...configs, action: "stop" };
    return { ...configs, action: successor.start ? "restart" : "stop" };
  }
  if (isAtRest(before) && after.phase.state === "STARTING") return { ...configs, action: "start" };
  return { ...configs, action: structurallyEqual(before.config, after.config) ? "nothing" : "change" };
}

/** The configuration that the process has once everything in progress is over. */
function configToCome({ config, successor }: Process): ProcessConfig | null {
  if (successor === null) return config;
  return successor.kind === "none" ? null : successor.config;
}

import type { GroupConfig } from "../model/config.ts";
import { type ProcessId, processId } from "../model/namespec.ts";
import type { SupervisorState } from "../model/supervisor-state.ts";
import { Alarms } from "./alarms.ts";
import type { RequestId } from "./effect.ts";
import { PendingRequests } from "./pending.ts";
import type { Process } from "./process.ts";

/** The whole state of the kernel. Only `step` changes it. */
export interface Supervision {
  mode: SupervisorState;
  /** Whether autostart has begun. */
  isUp: boolean;
  /** Active groups in the order of their creation. */
  readonly groups: Map<string, Group>;
  readonly processes: Map<ProcessId, Process>;
  readonly alarms: Alarms<AlarmKey>;
  readonly pending: PendingRequests;
  /** Set while everything is being stopped. */
  departure: Departure | null;
}

/** A process looks at its own deadlines, a waiting stop and the departure report who is late, a farewell comes to its end. */
export type AlarmKey = ProcessId | RequestId | "departure" | "farewell";

export interface Group {
  config: GroupConfig;
  /** In config order. */
  members: readonly ProcessId[];
  /** Members that are not at rest. */
  busy: number;
  /** It goes as soon as its last member has. */
  isRetiring: boolean;
}

export interface Departure {
  /** Names of the groups that are still to be stopped; the last one is next. */
  readonly queue: string[];
  /** The group that is being stopped now. */
  current: string | null;
}

export function newSupervision(): Supervision {
  return {
    mode: "RUNNING",
    isUp: false,
    groups: new Map(),
    processes: new Map(),
    alarms: new Alarms(),
    pending: new PendingRequests(),
    departure: null,
  };
}

/** The members of a group in config order. */
export function membersOf(state: Supervision, group: Group): readonly Process[] {
  return group.members.flatMap((id) => state.processes.get(id) ?? []);
}

export function memberIds(config: GroupConfig): readonly ProcessId[] {
  return config.processes.map((process) => processId(process.group, process.name));
}

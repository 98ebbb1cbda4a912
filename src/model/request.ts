import type { Result } from "./fault.ts";

/** What a request is about. Group and all act on every process they name, in priority order. */
export type Target =
  | { readonly kind: "process"; readonly group: string; readonly process: string }
  | { readonly kind: "group"; readonly group: string }
  | { readonly kind: "all" };

/** What a start, stop or signal came to for one process. */
export interface ProcessOutcome {
  readonly group: string;
  readonly process: string;
  /** The fault's detail is left out where it would be the process's name: the caller knows how the client called it. */
  readonly result: Result<true>;
}

/** What an update would do with a process: `change` while it runs, `add` without starting it, `remove` one that is at rest. */
export type PlannedAction = "start" | "stop" | "restart" | "change" | "add" | "remove" | "nothing";

/** What an update did to a group. */
export interface GroupUpdate {
  readonly group: string;
  readonly change: "added" | "changed" | "removed";
  /** Processes that were stopped for it. */
  readonly stopped: number;
}

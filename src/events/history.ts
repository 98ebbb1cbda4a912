import type { ProcessStateEvent, SupervisorEvent } from "../model/event.ts";
import { type ProcessId, processId } from "../model/namespec.ts";

/** A change of state, and when it came about; seconds since 1970. */
export interface PastEvent extends ProcessStateEvent {
  readonly at: number;
}

/** Events of one process that are remembered. */
const MAX_EVENTS = 50;

/** Remembers the last changes of state of each process, for somebody who asks why it is as it is. */
export class EventHistory {
  readonly #events = new Map<ProcessId, PastEvent[]>();
  readonly #now: () => number;

  /** @param now - the time, in seconds since 1970. */
  constructor(now: () => number) {
    this.#now = now;
  }

  hear(event: SupervisorEvent): void {
    if (event.kind === "process-group" && event.change === "REMOVED") this.#forgetGroup(event.group);
    if (event.kind !== "process-state") return;
    const id = processId(event.group, event.process);
    const events = this.#events.get(id) ?? [];
    events.push({ ...event, at: this.#now() });
    if (events.length > MAX_EVENTS) events.shift();
    this.#events.set(id, events);
  }

  /** The oldest first. */
  of(id: ProcessId): readonly PastEvent[] {
    return this.#events.get(id) ?? [];
  }

  #forgetGroup(group: string): void {
    for (const id of this.#events.keys()) if (id.startsWith(`${group}:`)) this.#events.delete(id);
  }
}

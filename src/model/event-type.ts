import { EVENT_TYPES, type EventType, type ListenerEvent, type ProcessOutputEvent, type TickPeriod } from "./event.ts";
import { unreachable } from "./unreachable.ts";

/** The concrete type of an event, as listeners see it. */
export function eventTypeOf(event: ListenerEvent): EventType {
  switch (event.kind) {
    case "process-state":
      return `PROCESS_STATE_${event.state}`;
    case "process-log":
      return LOG_TYPES[event.channel];
    case "process-communication":
      return COMMUNICATION_TYPES[event.channel];
    case "process-group":
      return `PROCESS_GROUP_${event.change}`;
    case "supervisor-state":
      return `SUPERVISOR_STATE_CHANGE_${event.state}`;
    case "remote-communication":
      return "REMOTE_COMMUNICATION";
    case "tick":
      return TICK_TYPES[event.period];
    default:
      return unreachable(event);
  }
}

const LOG_TYPES: Readonly<Record<ProcessOutputEvent["channel"], EventType>> = {
  stdout: "PROCESS_LOG_STDOUT",
  stderr: "PROCESS_LOG_STDERR",
};

const COMMUNICATION_TYPES: Readonly<Record<ProcessOutputEvent["channel"], EventType>> = {
  stdout: "PROCESS_COMMUNICATION_STDOUT",
  stderr: "PROCESS_COMMUNICATION_STDERR",
};

export const TICK_TYPES: Readonly<Record<TickPeriod, EventType>> = { 5: "TICK_5", 60: "TICK_60", 3600: "TICK_3600" };

/** Every concrete type that a subscription to these types delivers, each once. */
export function deliveredTypes(subscribed: readonly EventType[]): readonly EventType[] {
  return ALL_TYPES.filter((type) => !EVENT_TYPES[type].abstract && ancestry(type).some((each) => subscribed.includes(each)));
}

const ALL_TYPES = Object.keys(EVENT_TYPES) as readonly EventType[];

/** A type, its parent, and so on up to EVENT. */
function ancestry(type: EventType): readonly EventType[] {
  const { parent } = EVENT_TYPES[type];
  return parent === null ? [type] : [type, ...ancestry(parent)];
}

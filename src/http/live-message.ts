import type { EventType, ProcessOutputEvent, ProcessStateEvent, SupervisorEvent } from "../model/event.ts";
import { eventTypeOf } from "../model/event-type.ts";
import { type ExitStatus, exitCode } from "../model/exit-status.ts";
import { signalName } from "../model/signal.ts";
import { unreachable } from "../model/unreachable.ts";

/** Bytes of output that one message carries at most. */
const MAX_OUTPUT_BYTES = 256 * 1024;

/** How a reader knows the type of an event, and the type that it has to ask for. */
export function liveTypeOf(event: SupervisorEvent): { readonly type: string; readonly subscription: EventType } {
  if (event.kind === "group-changed") return { type: "PROCESS_GROUP_CHANGED", subscription: "PROCESS_GROUP_ADDED" };
  const type = eventTypeOf(event);
  return { type, subscription: type };
}

/**
 * An event as readers get it, in the manner of the XML-RPC interface.
 * @param at - when it happened, in seconds since 1970.
 */
export function liveMessage(event: SupervisorEvent, at: number): object {
  const { type } = liveTypeOf(event);
  switch (event.kind) {
    case "process-state":
      return { type, at, ...stateChange(event) };
    case "process-log":
    case "process-communication":
      return { type, at, ...output(event) };
    case "process-group":
    case "group-changed":
      return { type, at, group: event.group };
    case "supervisor-state":
      return { type, at, state: event.state };
    case "remote-communication":
      return { type, at, remote_type: event.type, data: event.data };
    case "tick":
      return { type, at, when: event.when };
    default:
      return unreachable(event);
  }
}

function stateChange({ group, process, state, from, pid, tries, expected, exit }: ProcessStateEvent): object {
  return { group, name: process, state, from, pid, tries, expected, ...(exit === null ? {} : exitFacts(exit)) };
}

function exitFacts(exit: ExitStatus): object {
  const signal = exit.kind === "signalled" ? (signalName(exit.signal) ?? String(exit.signal)) : "";
  return { exit_code: exitCode(exit), exit_signal: signal };
}

function output({ group, process, pid, channel, data }: ProcessOutputEvent): object {
  return { group, name: process, pid, channel, text: data.toString("utf8", 0, MAX_OUTPUT_BYTES), bytes: data.length };
}

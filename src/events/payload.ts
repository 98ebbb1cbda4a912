import type { ListenerEvent, ProcessOutputEvent, ProcessStateEvent } from "../model/event.ts";
import { unreachable } from "../model/unreachable.ts";
import { readable } from "./readable.ts";

/**
 * What a listener gets to read of an event, after the header: always valid UTF-8. The result shares no memory with the event, and is
 * valid until the next one is made.
 * @see supervisor/events.py payload(): listeners take these texts apart
 */
export function eventPayload(event: ListenerEvent): Buffer {
  switch (event.kind) {
    case "process-state":
      return Buffer.from(processStateText(event));
    case "process-log":
      return outputPayload(` channel:${event.channel}`, event);
    case "process-communication":
      return outputPayload("", event);
    case "process-group":
      return Buffer.from(`groupname:${event.group}\n`);
    case "supervisor-state":
      return Buffer.alloc(0);
    case "remote-communication":
      return Buffer.from(`type:${event.type}\n${event.data}`);
    case "tick":
      return Buffer.from(`when:${event.when}`);
    default:
      return unreachable(event);
  }
}

function processStateText(event: ProcessStateEvent): string {
  const common = `processname:${event.process} groupname:${event.group} from_state:${event.from}`;
  switch (event.state) {
    case "STARTING":
    case "BACKOFF":
      return `${common} tries:${event.tries}`;
    case "RUNNING":
    case "STOPPING":
    case "STOPPED":
      return `${common} pid:${event.pid}`;
    case "EXITED":
      return `${common} expected:${event.expected ? 1 : 0} pid:${event.pid}`;
    case "FATAL":
    case "UNKNOWN":
      return common;
    default:
      return unreachable(event.state);
  }
}

function outputPayload(more: string, { process, group, pid, data }: ProcessOutputEvent): Buffer {
  const head = Buffer.from(`processname:${process} groupname:${group} pid:${pid}${more}\n`);
  const text = readable(data);
  const length = head.length + text.length;
  if (room.length < length) room = Buffer.allocUnsafeSlow(length);
  head.copy(room);
  text.copy(room, head.length);
  return room.subarray(0, length);
}

/** Where payloads with output are put together, one after the other; it grows to the length of the longest. */
let room = Buffer.allocUnsafeSlow(0);

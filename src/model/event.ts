import type { ExitStatus } from "./exit-status.ts";
import type { ProcessState } from "./process-state.ts";

/**
 * The event types and their parents; a subscription to a type delivers its subtypes too. Abstract types are never sent.
 * @see supervisor/events.py EventTypes
 */
export const EVENT_TYPES = {
  EVENT: { parent: null, abstract: true },
  PROCESS_STATE: { parent: "EVENT", abstract: true },
  PROCESS_STATE_STARTING: { parent: "PROCESS_STATE", abstract: false },
  PROCESS_STATE_RUNNING: { parent: "PROCESS_STATE", abstract: false },
  PROCESS_STATE_BACKOFF: { parent: "PROCESS_STATE", abstract: false },
  PROCESS_STATE_STOPPING: { parent: "PROCESS_STATE", abstract: false },
  PROCESS_STATE_EXITED: { parent: "PROCESS_STATE", abstract: false },
  PROCESS_STATE_STOPPED: { parent: "PROCESS_STATE", abstract: false },
  PROCESS_STATE_FATAL: { parent: "PROCESS_STATE", abstract: false },
  PROCESS_STATE_UNKNOWN: { parent: "PROCESS_STATE", abstract: false },
  REMOTE_COMMUNICATION: { parent: "EVENT", abstract: false },
  PROCESS_LOG: { parent: "EVENT", abstract: true },
  PROCESS_LOG_STDOUT: { parent: "PROCESS_LOG", abstract: false },
  PROCESS_LOG_STDERR: { parent: "PROCESS_LOG", abstract: false },
  PROCESS_COMMUNICATION: { parent: "EVENT", abstract: true },
  PROCESS_COMMUNICATION_STDOUT: { parent: "PROCESS_COMMUNICATION", abstract: false },
  PROCESS_COMMUNICATION_STDERR: { parent: "PROCESS_COMMUNICATION", abstract: false },
  SUPERVISOR_STATE_CHANGE: { parent: "EVENT", abstract: true },
  SUPERVISOR_STATE_CHANGE_RUNNING: { parent: "SUPERVISOR_STATE_CHANGE", abstract: false },
  SUPERVISOR_STATE_CHANGE_STOPPING: { parent: "SUPERVISOR_STATE_CHANGE", abstract: false },
  TICK: { parent: "EVENT", abstract: true },
  TICK_5: { parent: "TICK", abstract: false },
  TICK_60: { parent: "TICK", abstract: false },
  TICK_3600: { parent: "TICK", abstract: false },
  PROCESS_GROUP: { parent: "EVENT", abstract: true },
  PROCESS_GROUP_ADDED: { parent: "PROCESS_GROUP", abstract: false },
  PROCESS_GROUP_REMOVED: { parent: "PROCESS_GROUP", abstract: false },
} as const;

export type EventType = keyof typeof EVENT_TYPES;

/** What the daemon tells the world, as plain data; the listener protocol's text is made from it elsewhere. */
export type SupervisorEvent =
  | ProcessStateEvent
  | ProcessOutputEvent
  | { readonly kind: "process-group"; readonly change: "ADDED" | "REMOVED"; readonly group: string }
  | GroupChangedEvent
  | { readonly kind: "supervisor-state"; readonly state: "RUNNING" | "STOPPING" }
  /** A client's message to the listeners; both texts are used verbatim. */
  | { readonly kind: "remote-communication"; readonly type: string; readonly data: string }
  | TickEvent;

/** A process entered `state`; `pid` is the child that runs or has just ended, 0 when there is none. */
export interface ProcessStateEvent {
  readonly kind: "process-state";
  readonly group: string;
  readonly process: string;
  readonly state: ProcessState;
  readonly from: ProcessState;
  readonly pid: number;
  /** Failed tries so far. */
  readonly tries: number;
  /** Whether an EXITED process ended as its exit codes allow. */
  readonly expected: boolean;
  /** How the child ended whose end this is about. */
  readonly exit: ExitStatus | null;
}

/**
 * Processes of a group appeared, went, or have another configuration. No listener hears of it, as supervisord knows no such event; it
 * is for those who keep a list of the processes.
 */
export interface GroupChangedEvent {
  readonly kind: "group-changed";
  readonly group: string;
}

/** What listeners hear of. */
export type ListenerEvent = Exclude<SupervisorEvent, GroupChangedEvent>;

/** A process wrote: a piece of its log as it was read, or what it enclosed in the tokens of the capture mode. */
export interface ProcessOutputEvent {
  readonly kind: "process-log" | "process-communication";
  readonly group: string;
  readonly process: string;
  /** The child that wrote, or the last one of its process. */
  readonly pid: number;
  readonly channel: "stdout" | "stderr";
  /** Valid during the publication only. */
  readonly data: Buffer;
}

/** Seconds between two ticks of a kind. */
export type TickPeriod = 5 | 60 | 3600;

/** Another slice of `period` seconds has begun. */
export interface TickEvent {
  readonly kind: "tick";
  readonly period: TickPeriod;
  /** When it began: a multiple of the period, in seconds since 1970. */
  readonly when: number;
}

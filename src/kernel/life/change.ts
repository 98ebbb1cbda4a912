import type { ProcessStateEvent } from "../../model/event.ts";
import type { ExitStatus } from "../../model/exit-status.ts";
import type { LogLevel } from "../../model/log-level.ts";
import type { Pid } from "../../model/pid.ts";
import { type Effect, logEffect } from "../effect.ts";
import { childOf, type Phase } from "../phase.ts";
import type { Process } from "../process.ts";
import { TRANSITIONS } from "../transitions.ts";

/** One step of one process: what it has become, and what is to be done. */
export interface Change {
  readonly process: Process;
  readonly effects: readonly Effect[];
}

export function unchanged(process: Process): Change {
  return { process, effects: [] };
}

/** The same change, told to the activity log as well. */
export function withLog(change: Change, level: LogLevel, message: string): Change {
  return { process: change.process, effects: [...change.effects, logEffect(level, message)] };
}

/** Does one thing after another, each on what the one before left. */
export function sequence(first: Change, ...rest: readonly ((process: Process) => Change)[]): Change {
  let { process, effects } = first;
  for (const next of rest) {
    const change = next(process);
    process = change.process;
    effects = [...effects, ...change.effects];
  }
  return { process, effects };
}

/** What an event tells besides the states: the child that runs or has just ended, and how it ended. */
interface EventDetails {
  readonly pid?: Pid | null;
  readonly expected?: boolean;
  readonly exit?: ExitStatus | null;
}

/**
 * Moves a process to another phase and announces it; the one place where a state changes.
 * @throws Error for a change that `TRANSITIONS` does not allow.
 */
export function enter(process: Process, phase: Phase, facts: Partial<Process> = {}, details: EventDetails = {}): Change {
  const from = process.phase.state;
  if (!TRANSITIONS[from].includes(phase.state)) throw new Error(`${process.id} cannot go from ${from} to ${phase.state}`);
  const next = { ...process, ...facts, phase };
  const event: ProcessStateEvent = {
    kind: "process-state",
    group: process.config.group,
    process: process.config.name,
    state: phase.state,
    from,
    pid: details.pid ?? childOf(phase) ?? 0,
    tries: next.failures,
    expected: details.expected ?? false,
    exit: details.exit ?? null,
  };
  return { process: next, effects: [{ kind: "publish", event }] };
}

/** How the activity log calls a process. */
export function logName(process: Process): string {
  return process.config.name;
}

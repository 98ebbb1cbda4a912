import type { Effect, RequestId } from "../../src/kernel/effect.ts";
import type { Input } from "../../src/kernel/input.ts";
import { dueAt, isAtRest } from "../../src/kernel/process.ts";
import { membersOf, type Supervision } from "../../src/kernel/supervision.ts";
import { TRANSITIONS } from "../../src/kernel/transitions.ts";
import type { GroupConfig, ProcessConfig } from "../../src/model/config.ts";
import { structurallyEqual } from "../../src/model/equal.ts";
import type { ProcessStateEvent } from "../../src/model/event.ts";
import { type ProcessId, processId } from "../../src/model/namespec.ts";
import { isStopped, type ProcessState } from "../../src/model/process-state.ts";
import { signalNumber } from "../../src/model/signal.ts";
import type { Instant } from "../../src/model/time.ts";

interface StopWatch {
  readonly since: number;
  readonly waitMillis: number;
  isKilled: boolean;
}

/** Watches every step from outside and throws at the first that breaks a promise of the kernel. */
export class Observer {
  readonly #state: Supervision;
  readonly #isAlive: (id: ProcessId) => boolean;
  readonly #lastState = new Map<ProcessId, ProcessState>();
  readonly #stops = new Map<ProcessId, StopWatch>();
  readonly #openRequests = new Set<RequestId>();
  #settled: ReadonlyMap<ProcessId, ProcessConfig> = new Map();
  /** Groups of event listeners before the present step. */
  #pools: ReadonlySet<string> = new Set();
  /** The same, as the world was told. */
  readonly #announcedPools = new Set<string>();
  #isLeaving = false;

  constructor(state: Supervision, isAlive: (id: ProcessId) => boolean) {
    this.#state = state;
    this.#isAlive = isAlive;
  }

  get unsettled(): number {
    return this.#openRequests.size;
  }

  opened(request: RequestId): void {
    this.#openRequests.add(request);
  }

  bearsChild(id: ProcessId): void {
    must(!this.#isAlive(id), `${id} has two live children`);
  }

  before(input: Input): void {
    if (input.kind === "update") this.#settled = settledProcesses(this.#state);
    this.#pools = activePools(this.#state);
  }

  after(input: Input, effects: readonly Effect[], now: Instant): void {
    if (input.kind === "leave") this.#isLeaving = true;
    if (input.kind === "update") this.#leavesTheUnchangedAlone(input, effects);
    if (input.kind === "start" && input.target.kind !== "process") startsInOrder(this.#state, effects);
    for (const effect of effects) this.#check(effect, now);
    this.#killsInTime(now);
    must(
      structurallyEqual([...activePools(this.#state)].sort(), [...this.#announcedPools].sort()),
      "the world knows other pools",
    );
    bookkeepingIsRight(this.#state);
  }

  #check(effect: Effect, now: Instant): void {
    switch (effect.kind) {
      case "publish":
        if (effect.event.kind === "process-state") this.#stateChange(effect.event);
        break;
      case "pool":
        if (effect.config === null) this.#announcedPools.delete(effect.group);
        else this.#announcedPools.add(effect.group);
        break;
      case "discard":
        must(!this.#isAlive(effect.id) || this.#lastState.get(effect.id) === "UNKNOWN", `${effect.id} goes with a live child`);
        this.#lastState.delete(effect.id);
        this.#stops.delete(effect.id);
        break;
      case "spawn":
        must(this.#state.mode === "RUNNING", `${effect.process.name} starts while the daemon leaves`);
        break;
      case "signal":
        this.#signal(effect, now);
        break;
      case "settle":
        must(this.#openRequests.delete(effect.request), `request ${effect.request} is settled twice`);
        break;
      case "leave":
        this.#nothingIsLeft();
        break;
      default:
    }
  }

  #stateChange({ group, process, state, from }: ProcessStateEvent): void {
    const id = processId(group, process);
    const last = this.#lastState.get(id) ?? "STOPPED";
    must(last === from, `${id} was ${last}, not ${from}`);
    must(TRANSITIONS[from].includes(state), `${id} went from ${from} to ${state}`);
    this.#lastState.set(id, state);
    if (isStopped(state)) this.#stops.delete(id);
    if (state === "STOPPING" && this.#isLeaving) this.#higherGroupsAreAtRest(group);
  }

  #signal({ id, signal }: Extract<Effect, { kind: "signal" }>, now: Instant): void {
    const watch = this.#stops.get(id);
    if (watch !== undefined) {
      if (signal === signalNumber("KILL")) watch.isKilled = true;
      return;
    }
    const policy = this.#state.processes.get(id)?.config.policy;
    if (policy !== undefined) this.#stops.set(id, { since: now.mono, waitMillis: policy.stopWaitMillis, isKilled: false });
  }

  #killsInTime(now: Instant): void {
    for (const [id, watch] of this.#stops) {
      const isLate = now.mono > watch.since + watch.waitMillis;
      must(!isLate || watch.isKilled || !this.#isAlive(id), `${id} outlived its stop wait`);
    }
  }

  #higherGroupsAreAtRest(group: string): void {
    const priority = this.#state.groups.get(group)?.config.priority ?? 0;
    for (const { config, busy } of this.#state.groups.values()) {
      must(
        config.priority <= priority || busy === 0,
        `${group} is stopped before ${config.name}, which has a higher priority number`,
      );
    }
  }

  #leavesTheUnchangedAlone(input: Extract<Input, { kind: "update" }>, effects: readonly Effect[]): void {
    const untouched = new Set<string>();
    const pools = poolsOf(input.groups);
    // A program that becomes a listener, or the other way round, is another one although nothing of its own differs.
    const unchanged = input.groups.filter(({ name }) => pools.has(name) === this.#pools.has(name));
    for (const process of unchanged.flatMap(({ processes }) => processes)) {
      const id = processId(process.group, process.name);
      if (structurallyEqual(this.#settled.get(id), process)) untouched.add(id);
    }
    for (const effect of effects) {
      const touched = touchedBy(effect);
      must(touched === null || !untouched.has(touched), `the update touched ${touched}, which did not change: ${effect.kind}`);
    }
  }

  #nothingIsLeft(): void {
    for (const { id } of this.#state.processes.values()) {
      const isLost = this.#state.processes.get(id)?.phase.state === "UNKNOWN";
      must(isLost || !this.#isAlive(id), `${id} is alive after the shutdown`);
    }
    must(this.#state.alarms.size === 0, "an alarm is set after the shutdown");
  }
}

function settledProcesses(state: Supervision): ReadonlyMap<ProcessId, ProcessConfig> {
  const settled = [...state.processes.values()].filter(({ successor }) => successor === null);
  return new Map(settled.map(({ id, config }) => [id, config]));
}

function activePools(state: Supervision): ReadonlySet<string> {
  return poolsOf([...state.groups.values()].map(({ config }) => config));
}

function poolsOf(groups: readonly GroupConfig[]): ReadonlySet<string> {
  return new Set(groups.filter(({ listener }) => listener !== null).map(({ name }) => name));
}

function touchedBy(effect: Effect): string | null {
  switch (effect.kind) {
    case "spawn":
    case "prepare":
      return processId(effect.process.group, effect.process.name);
    case "signal":
    case "discard":
      return effect.id;
    default:
      return null;
  }
}

function startsInOrder(state: Supervision, effects: readonly Effect[]): void {
  const started = effects.flatMap((effect) => (effect.kind === "spawn" ? [effect.process] : []));
  for (const [index, process] of started.entries()) {
    const next = started[index + 1] ?? process;
    const [rank, nextRank] = [process, next].map(({ group }) => state.groups.get(group)?.config.priority ?? 0);
    const isAscending =
      process.group === next.group ? process.policy.priority <= next.policy.priority : Number(rank) <= Number(nextRank);
    must(isAscending, `${process.name} starts before ${next.name}, whose priority number is lower`);
  }
}

function bookkeepingIsRight(state: Supervision): void {
  for (const group of state.groups.values()) {
    const members = membersOf(state, group);
    must(members.length === group.members.length, `${group.config.name} lists members that do not exist`);
    must(group.busy === members.filter(({ phase }) => !isStopped(phase.state)).length, `${group.config.name} miscounts`);
  }
  for (const process of state.processes.values()) {
    const isIdle = process.phase.state === "BACKOFF" && state.mode !== "RUNNING";
    must(isIdle || state.alarms.get(process.id) === dueAt(process), `${process.id} has a wrong alarm`);
    must(process.successor === null || !isAtRest(process), `${process.id} is at rest, but its successor waits`);
  }
}

function must(isTrue: boolean, promise: string): void {
  if (!isTrue) throw new Error(promise);
}

import type { GroupConfig } from "../model/config.ts";
import type { EventType, ListenerEvent, SupervisorEvent, TickPeriod } from "../model/event.ts";
import { deliveredTypes, eventTypeOf, TICK_TYPES } from "../model/event-type.ts";
import { ListenerPool, type PoolConfig, type PoolPorts } from "./listener-pool.ts";
import { eventPayload } from "./payload.ts";
import { type AlarmClock, TickClock } from "./tick-clock.ts";

/** The numbers of events. They go on over a restart in the same pid. */
export class EventSerials {
  #next = 0;

  next(): number {
    const serial = this.#next;
    this.#next += 1;
    return serial;
  }
}

export interface EventBusOptions extends PoolPorts {
  /** The daemon's, for the headers. */
  readonly identifier: string;
  readonly serials: EventSerials;
  readonly clock: AlarmClock;
}

const TICK_PERIODS: readonly TickPeriod[] = [5, 60, 3600];

/** Brings every event to the pools that have subscribed to its type; an event that nobody wants costs next to nothing. */
export class EventBus {
  readonly #options: EventBusOptions;
  readonly #ticks: TickClock;
  /** By group, in the order of their creation. */
  readonly #pools = new Map<string, ListenerPool>();
  readonly #watchers = new Set<(event: SupervisorEvent) => void>();
  #subscribers: ReadonlyMap<EventType, readonly ListenerPool[]> = new Map();

  constructor(options: EventBusOptions) {
    this.#options = options;
    this.#ticks = new TickClock(options.clock, (tick) => this.publish(tick));
  }

  /**
   * The payload is made at once: the caller may reuse what the event refers to.
   * A listener hears of its own state before that state counts, so the event of its death waits behind the one it died with; but
   * one that is no longer RUNNING is given nothing more, not even the word of that.
   */
  publish(event: SupervisorEvent): void {
    for (const watch of this.#watchers) watch(event);
    if (event.kind !== "group-changed") this.#tellListeners(event);
  }

  /**
   * Hears of every event that is published, by a listener's subscription or not; what the event refers to is valid during the call.
   * @returns ends it.
   */
  watch(watcher: (event: SupervisorEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #tellListeners(event: ListenerEvent): void {
    const type = eventTypeOf(event);
    const pools = this.#subscribers.get(type);
    const own = event.kind === "process-state" ? this.#pools.get(event.group) : undefined;
    if (event.kind === "process-state" && event.state !== "RUNNING") own?.suspend(event.process);
    if (pools !== undefined) {
      const serial = this.#options.serials.next();
      const payload = eventPayload(event);
      for (const pool of pools) pool.accept(type, serial, payload);
      // What a listener is given may make events of its own.
      for (const pool of pools) pool.dispatch();
    }
    if (event.kind === "process-state") own?.entered(event.process, event.state);
  }

  /** A group has listeners from now on, or other ones; `null` when it has none any more. Events that wait for these are lost. */
  setPool(group: string, config: GroupConfig | null): void {
    if (config === null || !isPool(config)) this.#pools.delete(group);
    else this.#poolOf(config).configure(config);
    this.#subscribe();
  }

  /** Whether the processes of a group are listeners. */
  isPool(group: string): boolean {
    return this.#pools.has(group);
  }

  /** A process of a pool wrote to its stdout. */
  heard(group: string, process: string, bytes: Buffer): void {
    this.#pools.get(group)?.heard(process, bytes);
  }

  /** Calls once the listeners of a group have answered all that there is for them, or no longer can; perhaps at once. */
  whenAnswered(group: string, done: () => void): void {
    const pool = this.#pools.get(group);
    if (pool === undefined) done();
    else pool.whenAnswered(done);
  }

  /** Forgets every pool. */
  close(): void {
    this.#pools.clear();
    this.#subscribe();
  }

  #poolOf(config: PoolConfig): ListenerPool {
    const { identifier } = this.#options;
    const pool = this.#pools.get(config.name) ?? new ListenerPool(config, identifier, this.#options);
    this.#pools.set(config.name, pool);
    return pool;
  }

  #subscribe(): void {
    const subscribers = new Map<EventType, ListenerPool[]>();
    for (const pool of this.#pools.values()) {
      for (const type of deliveredTypes(pool.config.listener.events)) {
        subscribers.set(type, [...(subscribers.get(type) ?? []), pool]);
      }
    }
    this.#subscribers = subscribers;
    this.#ticks.watch(TICK_PERIODS.filter((period) => subscribers.has(TICK_TYPES[period])));
  }
}

function isPool(config: GroupConfig): config is PoolConfig {
  return config.listener !== null;
}

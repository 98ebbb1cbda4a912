import { ListenerPool, type PoolConfig } from "../../src/events/listener-pool.ts";
import { fail, succeed } from "../../src/model/fault.ts";
import type { ProcessState } from "../../src/model/process-state.ts";
import { aGroup, aProcess } from "../support/build-config.ts";

/** A pool of listeners `a`, `b`, … that keeps at most `bufferSize` events. */
export function aPool(name: string, listeners: readonly string[], bufferSize = 10): PoolConfig {
  const group = aGroup(
    name,
    listeners.map((listener) => aProcess(listener)),
  );
  return { ...group, listener: { events: ["EVENT"], bufferSize, resultHandler: "" } };
}

/** Drives one pool, and notes what it sends and logs. */
export class PoolDriver {
  readonly pool: ListenerPool;
  /** `a 3`: listener a was sent the event of serial 3. */
  readonly sent: string[] = [];
  readonly envelopes: string[] = [];
  readonly log: string[] = [];
  /** Listeners that have closed their stdin. */
  readonly closed = new Set<string>();
  #serial = 0;

  constructor(listeners: readonly string[] = ["a"], bufferSize = 10) {
    this.pool = new ListenerPool(aPool("pool", listeners, bufferSize), "supervisor", {
      send: (_, process, envelope) => {
        if (this.closed.has(process)) return fail("NO_FILE");
        const text = envelope.toString();
        this.envelopes.push(text);
        this.sent.push(`${process} ${/ serial:(\d+) /.exec(text)?.[1]}`);
        return succeed(true);
      },
      log: (level, message) => this.log.push(`${level} ${message}`),
    });
  }

  /** The log without its debug lines. */
  get warnings(): readonly string[] {
    return this.log.filter((line) => !line.startsWith("debug"));
  }

  /** Gives the pool so many events. */
  accept(count = 1): this {
    for (let index = 0; index < count; index++, this.#serial++) {
      this.pool.accept("TICK_5", this.#serial, Buffer.from("when:5"));
      this.pool.dispatch();
    }
    return this;
  }

  enter(process: string, ...states: readonly ProcessState[]): this {
    for (const state of states) this.pool.entered(process, state);
    return this;
  }

  /** Lets a listener start and say that it is ready. */
  up(process: string): this {
    return this.enter(process, "STARTING", "RUNNING").say(process, "READY\n");
  }

  say(process: string, text: string): this {
    this.pool.heard(process, Buffer.from(text));
    return this;
  }
}

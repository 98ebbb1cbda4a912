import { useEffect, useState } from "preact/hooks";
import { call } from "./api.ts";
import { fullName, type ProcessFacts } from "./process.ts";

/** One process as the page knows it. A new object whenever something about it changes, so that rows are compared by identity. */
export interface Known {
  readonly key: string;
  readonly facts: ProcessFacts;
  /** The share of one processor in the last moments, newest last. */
  readonly load: readonly number[];
  /** Resident memory in KiB, newest last. */
  readonly memory: readonly number[];
}

export interface LiveEvent {
  readonly type: string;
  readonly at: number;
  readonly [fact: string]: unknown;
}

export type Connection = "connecting" | "live" | "stale";

/** Samples that a chart shows. */
const SAMPLES = 60;

/** What processes use is measured this often while somebody looks; milliseconds. */
const MEASURE_MS = 3000;

/** Before another attempt at a stream that the browser has given up; milliseconds. */
const RETRY_MS = 2000;

/** Events that are kept for the page that shows them. */
const MAX_EVENTS = 500;

/** All that the page knows of the daemon. It is loaded once, and then the daemon tells what changes. */
class Store {
  processes: ReadonlyMap<string, Known> = new Map();
  events: readonly LiveEvent[] = [];
  connection: Connection = "connecting";
  /** The daemon's clock minus that of the browser, in seconds. */
  clockOffset = 0;
  identifier = "";
  readonly #listeners = new Set<() => void>();
  #isTold = false;
  #stream: EventSource | null = null;
  #isLoading = false;
  #isOutdated = false;
  #questions = 0;
  #answered = 0;

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.#connect();
    setInterval(() => {
      if (document.visibilityState === "visible" && this.connection === "live") void this.#measure();
    }, MEASURE_MS);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.connection === "live") void this.#measure();
    });
  }

  #connect(): void {
    const types = "PROCESS_STATE,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE,REMOTE_COMMUNICATION";
    const stream = new EventSource(`events?types=${types}`);
    this.#stream = stream;
    stream.addEventListener("hello", (message) => {
      this.identifier = String(JSON.parse(message.data).identifier ?? "");
      void this.load();
    });
    stream.addEventListener("error", () => {
      this.connection = "stale";
      this.#tell();
      if (stream.readyState !== EventSource.CLOSED || this.#stream !== stream) return;
      setTimeout(() => this.#connect(), RETRY_MS);
    });
    for (const type of EVENT_NAMES) stream.addEventListener(type, (message) => this.#hear(JSON.parse(message.data)));
  }

  /** Loads all processes, and once more when something has changed meanwhile. */
  async load(): Promise<void> {
    this.#isOutdated = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      while (this.#isOutdated) {
        this.#isOutdated = false;
        await this.#ask(true);
      }
      this.connection = "live";
    } catch {
      this.connection = "stale";
    }
    this.#isLoading = false;
    this.#tell();
  }

  async #measure(): Promise<void> {
    await this.#ask(false).then(
      () => this.#tell(),
      () => undefined,
    );
  }

  /** Takes what the daemon answers, unless the answer to a later question was here first. */
  async #ask(isComplete: boolean): Promise<void> {
    const question = ++this.#questions;
    const facts = await call<readonly ProcessFacts[]>("taskmaster.getProcesses", [], true);
    if (question < this.#answered) return;
    this.#answered = question;
    this.#take(facts, isComplete);
  }

  #take(all: readonly ProcessFacts[], isComplete: boolean): void {
    const next = new Map<string, Known>();
    for (const facts of all) {
      const key = fullName(facts);
      const known = this.processes.get(key);
      next.set(key, withSample(known, facts));
      this.clockOffset = facts.now - Date.now() / 1000;
    }
    if (isComplete || next.size >= this.processes.size) this.processes = next;
  }

  #hear(event: LiveEvent): void {
    this.events = [event, ...this.events].slice(0, MAX_EVENTS);
    const { group, name, state } = event;
    const key = `${String(group)}:${String(name)}`;
    const known = this.processes.get(key);
    // An event tells the state and not all that comes with it; what runs now is asked for at once.
    if (typeof state === "string" && known !== undefined) {
      const facts = { ...known.facts, statename: state, pid: Number(event.pid) || (state === "RUNNING" ? known.facts.pid : 0) };
      this.processes = new Map(this.processes).set(key, { ...known, facts });
    }
    void this.#refreshSoon();
    this.#tell();
  }

  #refresh: number | null = null;

  /** Changes that come together are asked about together. */
  #refreshSoon(): void {
    this.#refresh ??= window.setTimeout(() => {
      this.#refresh = null;
      void this.load();
    }, 150);
  }

  /** Draws once a frame at most, however much is told. */
  #tell(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    requestAnimationFrame(() => {
      this.#isTold = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

const EVENT_NAMES: readonly string[] = [
  ...["STARTING", "RUNNING", "BACKOFF", "STOPPING", "EXITED", "STOPPED", "FATAL", "UNKNOWN"].map(
    (state) => `PROCESS_STATE_${state}`,
  ),
  ...["PROCESS_GROUP_ADDED", "PROCESS_GROUP_REMOVED", "PROCESS_GROUP_CHANGED"],
  ...["SUPERVISOR_STATE_CHANGE_RUNNING", "SUPERVISOR_STATE_CHANGE_STOPPING", "REMOTE_COMMUNICATION"],
];

function withSample(known: Known | undefined, facts: ProcessFacts): Known {
  const key = fullName(facts);
  const elapsed = facts.now - (known?.facts.now ?? facts.now);
  // Less than nothing when the daemon's clock was set back.
  if (known === undefined || known.facts.pid !== facts.pid || elapsed < 0)
    return { key, facts, load: [], memory: facts.memory_kib ? [facts.memory_kib] : [] };
  const used = (facts.cpu_seconds ?? 0) - (known.facts.cpu_seconds ?? 0);
  const isSame = elapsed < 1 && facts.statename === known.facts.statename;
  if (isSame) return known;
  if (elapsed < 1) return { ...known, facts: { ...facts, now: known.facts.now, cpu_seconds: known.facts.cpu_seconds ?? 0 } };
  return {
    key,
    facts,
    load: [...known.load, Math.max(0, used / elapsed)].slice(-SAMPLES),
    memory: [...known.memory, facts.memory_kib ?? 0].slice(-SAMPLES),
  };
}

export const store = new Store();

/** What a view reads of the store; it is drawn anew when that has become something else. */
export function useStore<Value>(select: (from: Store) => Value): Value {
  const [value, setValue] = useState(() => select(store));
  useEffect(() => {
    setValue(() => select(store));
    return store.subscribe(() => setValue(() => select(store)));
  }, [select]);
  return value;
}

/** The daemon's present time, in seconds since 1970. */
export function daemonNow(): number {
  return Date.now() / 1000 + store.clockOffset;
}

import type { GroupConfig, ListenerPoolConfig } from "../model/config.ts";
import type { EventType } from "../model/event.ts";
import type { Result } from "../model/fault.ts";
import type { LogLevel } from "../model/log-level.ts";
import type { ProcessState } from "../model/process-state.ts";
import { type Letter, sealEnvelope } from "./envelope.ts";
import { LetterQueue } from "./letter-queue.ts";
import { ASSIGNED, type Finding, FRESH, type ListenerState, listen, type Verdict } from "./listener-protocol.ts";
import { readable } from "./readable.ts";

/** A group of listeners. */
export type PoolConfig = GroupConfig & { readonly listener: ListenerPoolConfig };

export interface PoolPorts {
  /** Writes the whole of an envelope to the stdin of a process. NO_FILE when the process has closed it. */
  send(group: string, process: string, envelope: Buffer): Result<true>;
  log(level: LogLevel, message: string): void;
}

/** A payload is written over another that is at most so many times as long. */
const MOST_WASTE = 2;

/** One process of the pool, from its first start on. */
interface Listener {
  state: ListenerState;
  /** In the state RUNNING: what it says before does count, but it gets no event yet. */
  isRunning: boolean;
  /** What it has been given and not answered yet. */
  letter: Letter | null;
}

/**
 * The listeners of one group, and the events that wait for one of them. Each event goes to exactly one listener: the first in config
 * order that is RUNNING and READY. What a listener did not process is delivered again, to this pool alone.
 * @see supervisor/process.py EventListenerPool
 */
export class ListenerPool {
  readonly #identifier: string;
  readonly #ports: PoolPorts;
  readonly #waiting = new LetterQueue();
  readonly #listeners = new Map<string, Listener>();
  #config: PoolConfig;
  /** The payload of an event that is no more. */
  #spare: Buffer | null = null;
  #nextSerial = 0;
  #onAnswered: (() => void) | null = null;

  /** @param identifier - the daemon's, for the headers. */
  constructor(config: PoolConfig, identifier: string, ports: PoolPorts) {
    this.#config = config;
    this.#identifier = identifier;
    this.#ports = ports;
  }

  get config(): PoolConfig {
    return this.#config;
  }

  /** The same pool under a changed configuration: events that wait and events that are out stay its own. */
  configure(config: PoolConfig): void {
    this.#config = config;
    while (this.#waiting.length > config.listener.bufferSize) this.#discardOldest();
    this.dispatch();
  }

  /** Takes an event in; `dispatch` gives it out. @param payload - may be reused by the caller. */
  accept(type: EventType, serial: number, payload: Buffer): void {
    if (this.#isFull) this.#discardOldest();
    this.#waiting.push({ type, serial, payload: this.#keep(payload), poolSerial: this.#nextSerial });
    this.#nextSerial += 1;
  }

  /** A process of the group is given no event until it is RUNNING again. */
  suspend(process: string): void {
    this.#listener(process).isRunning = false;
  }

  /** A process of the group has changed its state. One that has died gives back the event that it had. */
  entered(process: string, state: ProcessState): void {
    const listener = this.#listener(process);
    listener.isRunning = state === "RUNNING";
    if (!LIVING.has(state)) {
      this.#takeBack(listener);
      listener.state = state === "STARTING" ? FRESH : DEAD;
    }
    this.dispatch();
    this.#tellWhenAnswered();
  }

  /** A listener wrote to its stdout. */
  heard(process: string, bytes: Buffer): void {
    const listener = this.#listener(process);
    const { state, findings } = listen(listener.state, bytes);
    listener.state = state;
    let verdict: Verdict | null = null;
    for (const finding of findings) {
      this.#tell(process, finding);
      if (finding.kind === "verdict") verdict = finding.verdict;
      else if (verdict !== null) {
        this.#settle(listener, verdict);
        verdict = null;
      }
    }
    this.dispatch();
    this.#tellWhenAnswered();
  }

  /** Calls once nothing waits and nothing is out any more, or nobody is left who could answer; perhaps at once. */
  whenAnswered(done: () => void): void {
    this.#onAnswered = done;
    this.#tellWhenAnswered();
  }

  #tellWhenAnswered(): void {
    if (this.#onAnswered === null) return;
    const able = [...this.#listeners.values()].filter(({ isRunning, state }) => isRunning && state.name !== "UNKNOWN");
    const isAnswered = this.#waiting.length === 0 && able.every(({ letter }) => letter === null);
    if (!isAnswered && able.length > 0) return;
    const done = this.#onAnswered;
    this.#onAnswered = null;
    done();
  }

  get #isFull(): boolean {
    return this.#waiting.length >= this.#config.listener.bufferSize;
  }

  #listener(process: string): Listener {
    const known = this.#listeners.get(process);
    if (known !== undefined) return known;
    const listener: Listener = { state: FRESH, isRunning: false, letter: null };
    this.#listeners.set(process, listener);
    return listener;
  }

  #discardOldest(): void {
    const discarded = this.#waiting.shift();
    if (discarded === undefined) return;
    this.#spare = discarded.payload;
    this.#ports.log("error", `pool ${this.#config.name} event buffer overflowed, discarding event ${discarded.serial}`);
  }

  /** Where more events come than the listeners take, each is written over one that was discarded. */
  #keep(payload: Buffer): Buffer {
    const spare = this.#spare;
    this.#spare = null;
    if (spare === null || spare.length < payload.length || spare.length > MOST_WASTE * payload.length)
      return Buffer.from(payload);
    payload.copy(spare);
    return spare.subarray(0, payload.length);
  }

  #settle(listener: Listener, verdict: Verdict): void {
    if (verdict.kind === "processed") listener.letter = null;
    else this.#takeBack(listener);
  }

  #takeBack(listener: Listener): void {
    const { letter } = listener;
    if (letter === null) return;
    listener.letter = null;
    const { name, listener: pool } = this.#config;
    const size = this.#waiting.length;
    const words = `rebuffering event ${letter.serial} for pool ${name} (buf size=${size}, max=${pool.bufferSize})`;
    this.#ports.log("debug", words);
    if (this.#isFull) this.#discardOldest();
    this.#waiting.unshift(letter);
  }

  /** Gives out what waits, as long as somebody takes it. */
  dispatch(): void {
    for (let letter = this.#waiting.peek(); letter !== undefined; letter = this.#waiting.peek()) {
      if (!this.#deliver(letter)) return;
      this.#waiting.shift();
    }
  }

  #deliver(letter: Letter): boolean {
    const { name: group, processes } = this.#config;
    let envelope: Buffer | null = null;
    for (const { name } of processes) {
      const listener = this.#listeners.get(name);
      if (listener === undefined || !listener.isRunning || listener.state.name !== "READY") continue;
      envelope ??= sealEnvelope(this.#identifier, group, letter);
      const sent = this.#ports.send(group, name, envelope);
      if (!sent.ok) {
        this.#ports.log("debug", refusal(sent.fault.name, letter.serial, name));
        continue;
      }
      listener.state = ASSIGNED;
      listener.letter = letter;
      this.#ports.log("debug", `event ${letter.serial} sent to listener ${name}`);
      return true;
    }
    return false;
  }

  #tell(process: string, finding: Finding): void {
    const { log } = this.#ports;
    if (finding.kind === "entered") {
      log("debug", `${process}: ${finding.from} -> ${finding.to}`);
      if (finding.to === "UNKNOWN") log("warn", `${process}: ${HAS_ENTERED_UNKNOWN}`);
    } else if (finding.verdict.kind === "processed") log("debug", `${process}: event was processed`);
    else if (finding.verdict.kind === "rejected") log("warn", `${process}: event was rejected`);
    else log("warn", `${process}: bad result line: '${readable(finding.verdict.line)}'`);
  }
}

/** States in which the child that an event was given to may still answer. */
const LIVING: ReadonlySet<ProcessState> = new Set(["RUNNING", "STOPPING", "UNKNOWN"]);

/** What a grandchild says that holds the pipe of a dead listener counts for nothing. */
const DEAD: ListenerState = { name: "UNKNOWN" };

const HAS_ENTERED_UNKNOWN =
  "has entered the UNKNOWN state and will no longer receive events, this usually indicates the process violated the eventlistener " +
  "protocol";

function refusal(fault: string, serial: number, name: string): string {
  if (fault !== "NO_FILE") return `event ${serial} could not be sent to listener ${name} (${fault}), listener state unchanged`;
  return `epipe occurred while sending event ${serial} to listener ${name}, listener state unchanged`;
}

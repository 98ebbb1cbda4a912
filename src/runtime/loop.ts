import type { Answer, Effect, RequestId } from "../kernel/effect.ts";
import type { Input } from "../kernel/input.ts";
import { quarantine } from "../kernel/quarantine.ts";
import { nextAlarm, step } from "../kernel/step.ts";
import { newSupervision, type Supervision } from "../kernel/supervision.ts";
import type { ProcessConfig } from "../model/config.ts";
import { processId } from "../model/namespec.ts";
import { toPid } from "../model/pid.ts";
import { later, type Millis, millis } from "../model/time.ts";
import { unreachable } from "../model/unreachable.ts";
import type { Ports } from "./ports.ts";

/**
 * How long children may be created before everyone else gets a turn. A spawn takes about half a millisecond, so that a mass start
 * holds up an answer by no more than this.
 */
const SPAWN_BUDGET = millis(10);

/** Who hears what the kernel has decided for the outside. */
export interface LoopListener {
  settled(request: RequestId, answer: Answer): void;
  /** The step about this request has failed. */
  failed(request: RequestId, error: Error): void;
  left(mode: "SHUTDOWN" | "RESTARTING"): void;
}

/**
 * The loop around the kernel: inputs wait their turn, effects become calls of ports, what these bring becomes an input again.
 * One alarm serves all deadlines. Spawns wait in a line of their own, since they take long.
 */
export class Loop {
  state: Supervision = newSupervision();
  readonly #ports: Ports;
  readonly #listener: LoopListener;
  readonly #mailbox: Input[] = [];
  #spawns: ProcessConfig[] = [];
  #isTurning = false;
  #isContinuing = false;
  #alarm: Millis | null = null;

  constructor(ports: Ports, listener: LoopListener) {
    this.#ports = ports;
    this.#listener = listener;
    ports.children.onExit((id, pid, exit) => this.post({ kind: "exited", id, pid: toPid(pid), exit }));
  }

  /** Hands an input to the kernel; by the return everything that follows from it has been done, but for late spawns. */
  post(input: Input): void {
    this.#mailbox.push(input);
    this.#turn();
  }

  /** Forgets every process, as before the first configuration. Nothing may be alive any more. */
  reset(): void {
    for (const id of this.state.processes.keys()) this.#ports.children.discard(id);
    this.#spawns = [];
    this.state = newSupervision();
    this.#setAlarm();
  }

  #turn(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    try {
      this.#drain();
    } finally {
      this.#isTurning = false;
    }
    this.#setAlarm();
  }

  /** Inputs first, then spawns until the budget is used up; the rest of them get another turn. */
  #drain(): void {
    const deadline = later(this.#ports.clock.now().mono, SPAWN_BUDGET);
    for (;;) {
      const input = this.#mailbox.shift();
      if (input !== undefined) {
        this.#step(input);
        continue;
      }
      if (this.#spawns.length === 0) return;
      if (this.#ports.clock.now().mono >= deadline) {
        this.#continueSoon();
        return;
      }
      const process = this.#spawns.shift();
      if (process !== undefined) this.#mailbox.push(this.#spawn(process));
    }
  }

  #continueSoon(): void {
    if (this.#isContinuing) return;
    this.#isContinuing = true;
    setImmediate(() => {
      this.#isContinuing = false;
      this.#turn();
    });
  }

  #step(input: Input): void {
    let effects: readonly Effect[];
    try {
      effects = step(this.state, input, this.#ports.clock.now());
    } catch (error) {
      this.#distrust(input, error instanceof Error ? error : new Error(String(error)));
      return;
    }
    for (const effect of effects) this.#perform(effect);
  }

  /** The kernel could not make sense of an input: the process it is about becomes UNKNOWN, everything else goes on. */
  #distrust(input: Input, error: Error): void {
    this.#ports.activity.log("critical", `cannot handle ${JSON.stringify(input)}: ${error.stack ?? error.message}`);
    if ("id" in input) quarantine(this.state, input.id, error.message);
    if ("request" in input) this.#listener.failed(input.request, error);
  }

  #perform(effect: Effect): void {
    const { children, activity, events } = this.#ports;
    switch (effect.kind) {
      case "prepare":
        children.prepare(effect.process);
        break;
      case "discard":
        children.discard(effect.id);
        break;
      case "spawn":
        this.#spawns.push(effect.process);
        break;
      case "signal":
        this.#signal(effect);
        break;
      case "publish":
        events.publish(effect.event);
        break;
      case "pool":
        events.setPool(effect.group, effect.config);
        break;
      case "farewell":
        events.whenAnswered(effect.group, () => this.post({ kind: "farewell-over", group: effect.group }));
        break;
      case "log":
        activity.log(effect.level, effect.message);
        break;
      case "settle":
        this.#listener.settled(effect.request, effect.answer);
        break;
      case "leave":
        this.#listener.left(effect.mode);
        break;
      default:
        unreachable(effect);
    }
  }

  #spawn(process: ProcessConfig): Input {
    const id = processId(process.group, process.name);
    const outcome = this.#ports.children.spawn(process);
    return outcome.ok ? { kind: "spawned", id, pid: toPid(outcome.pid) } : { kind: "spawn-failed", id, problem: outcome.problem };
  }

  #signal({ id, pid, signal, scope }: Extract<Effect, { kind: "signal" }>): void {
    const outcome = this.#ports.children.signal(pid, signal, scope);
    if (outcome.kind === "failed") this.#mailbox.push({ kind: "signal-failed", id, pid, problem: outcome.problem });
    else if (outcome.kind === "gone") {
      this.#ports.activity.log("debug", `unable to signal ${id} (pid ${pid}), it probably just exited on its own`);
    }
  }

  #setAlarm(): void {
    const next = nextAlarm(this.state);
    if (next === this.#alarm) return;
    this.#alarm = next;
    this.#ports.clock.setAlarm(next, () => {
      this.#alarm = null;
      this.post({ kind: "wake" });
    });
  }
}

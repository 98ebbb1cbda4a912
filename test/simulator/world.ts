import type { Effect, RequestId } from "../../src/kernel/effect.ts";
import type { Input } from "../../src/kernel/input.ts";
import { nextAlarm, step } from "../../src/kernel/step.ts";
import { newSupervision, type Supervision } from "../../src/kernel/supervision.ts";
import type { ProcessConfig } from "../../src/model/config.ts";
import { type ProcessId, processId } from "../../src/model/namespec.ts";
import { type Pid, toPid } from "../../src/model/pid.ts";
import { signalNumber } from "../../src/model/signal.ts";
import { epochSeconds, type Instant, millis } from "../../src/model/time.ts";
import { exitStatus, type Script, script } from "./child-script.ts";
import { Observer } from "./observer.ts";
import { Random } from "./random.ts";

interface Child {
  readonly id: ProcessId;
  readonly pid: Pid;
  readonly script: Script;
  isDying: boolean;
}

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
}

/**
 * Clock, children and chance in one: the kernel runs in it as in the daemon, but time is virtual and everything comes from one seed.
 * What an effect causes may come late; an observer checks each step.
 */
export class World {
  readonly state: Supervision = newSupervision();
  readonly observer: Observer;
  readonly trace: string[] = [];
  steps = 0;
  hasLeft = false;
  #mono = 0;
  #wallOffset = 1_700_000_000;
  #lastPid = 1000;
  #lastRequest: RequestId = 0;
  #happenings: Happening[] = [];
  #order = 0;
  readonly #random: Random;
  readonly #children = new Map<ProcessId, Child>();
  readonly #keepsTrace: boolean;

  constructor(seed: number, options: { readonly keepsTrace?: boolean } = {}) {
    this.#random = new Random(seed);
    this.#keepsTrace = options.keepsTrace ?? false;
    this.observer = new Observer(this.state, (id) => this.#children.has(id));
  }

  now(): Instant {
    return { mono: millis(this.#mono), wall: epochSeconds(this.#wallOffset + this.#mono / 1000) };
  }

  jumpWallClock(seconds: number): void {
    this.#wallOffset += seconds;
  }

  nextRequest(): RequestId {
    this.#lastRequest += 1;
    this.observer.opened(this.#lastRequest);
    return this.#lastRequest;
  }

  /** Gives the kernel one input and lets its effects work. */
  input(input: Input): void {
    const now = this.now();
    this.steps += 1;
    this.observer.before(input);
    const effects = step(this.state, input, now);
    this.observer.after(input, effects, now);
    if (this.#keepsTrace) this.trace.push(...effects.map((effect) => describe(this.#mono, effect)));
    for (const effect of effects) this.#perform(effect);
  }

  /** Lets virtual time pass, alarm by alarm and happening by happening. */
  advance(duration: number): void {
    const end = this.#mono + duration;
    for (;;) {
      const alarm = nextAlarm(this.state);
      const happening = this.#happenings[0];
      const at = Math.min(alarm ?? Number.POSITIVE_INFINITY, happening?.at ?? Number.POSITIVE_INFINITY);
      if (at > end) break;
      this.#mono = Math.max(this.#mono, at);
      if (happening !== undefined && happening.at <= at) {
        this.#happenings.shift();
        happening.happen();
      } else this.input({ kind: "wake" });
    }
    this.#mono = end;
  }

  #perform(effect: Effect): void {
    if (effect.kind === "spawn") this.#spawn(effect.process);
    else if (effect.kind === "signal") this.#signal(effect);
    // Only an UNKNOWN process goes with its child alive: the system refused our signals, the child is nobody's now.
    else if (effect.kind === "discard") this.#children.delete(effect.id);
    else if (effect.kind === "farewell") this.#farewell(effect.group);
    else if (effect.kind === "leave") this.hasLeft = true;
  }

  /** Listeners answer at once, late or never. */
  #farewell(group: string): void {
    if (this.#random.chance(0.3)) return;
    this.#later(this.#random.between(0, 2000), () => this.input({ kind: "farewell-over", group }));
  }

  #spawn(config: ProcessConfig): void {
    const id = processId(config.group, config.name);
    const life = script(this.#random, config);
    this.#later(life.spawnDelay, () => {
      if (life.spawnFails) {
        this.input({ kind: "spawn-failed", id, problem: "unknown error during fork" });
        return;
      }
      this.observer.bearsChild(id);
      this.#lastPid += 1;
      const child: Child = { id, pid: toPid(this.#lastPid), script: life, isDying: false };
      this.#children.set(id, child);
      if (life.lifetime !== null) this.#later(life.lifetime, () => this.#end(child, exitStatus(life.exitCode)));
      this.input({ kind: "spawned", id, pid: child.pid });
    });
  }

  #signal({ id, pid, signal }: Extract<Effect, { kind: "signal" }>): void {
    const child = this.#children.get(id);
    if (child === undefined || child.pid !== pid || child.isDying) return;
    if (child.script.signalsFail) {
      this.#later(0, () => this.input({ kind: "signal-failed", id, pid, problem: "EPERM" }));
      return;
    }
    const isKill = signal === signalNumber("KILL");
    if (!isKill && child.script.ignoresStop) return;
    child.isDying = true;
    this.#later(isKill ? 1 : child.script.stopDelay, () => this.#end(child, { kind: "signalled", signal, coreDumped: false }));
  }

  #end(child: Child, exit: Extract<Input, { kind: "exited" }>["exit"]): void {
    if (this.#children.get(child.id) !== child) return;
    this.#children.delete(child.id);
    this.input({ kind: "exited", id: child.id, pid: child.pid, exit });
  }

  #later(delay: number, happen: () => void): void {
    this.#order += 1;
    const happening = { at: this.#mono + delay, order: this.#order, happen };
    let place = this.#happenings.length;
    while (place > 0 && (this.#happenings[place - 1]?.at ?? 0) > happening.at) place -= 1;
    this.#happenings.splice(place, 0, happening);
  }
}

function describe(mono: number, effect: Effect): string {
  switch (effect.kind) {
    case "publish":
      return `${mono} ${JSON.stringify(effect.event)}`;
    case "signal":
      return `${mono} signal ${effect.id} ${effect.signal}`;
    case "spawn":
      return `${mono} spawn ${effect.process.group}:${effect.process.name}`;
    default:
      return `${mono} ${effect.kind}`;
  }
}

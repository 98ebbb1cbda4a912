import type { Answer, Effect, RequestId } from "../../src/kernel/effect.ts";
import type { Input } from "../../src/kernel/input.ts";
import { nextAlarm, step } from "../../src/kernel/step.ts";
import { newSupervision } from "../../src/kernel/supervision.ts";
import type { GroupConfig } from "../../src/model/config.ts";
import type { ExitStatus } from "../../src/model/exit-status.ts";
import { type ProcessId, processId } from "../../src/model/namespec.ts";
import { toPid } from "../../src/model/pid.ts";
import type { Target } from "../../src/model/request.ts";
import { epochSeconds, millis } from "../../src/model/time.ts";

/** The kernel with a clock moved by hand; children exist as soon as they are asked for, unless `bears` is false. */
export class KernelDriver {
  readonly state = newSupervision();
  readonly effects: Effect[] = [];
  bears = true;
  #mono = 0;
  #lastPid = 100;
  #lastRequest: RequestId = 0;

  constructor(groups: readonly GroupConfig[]) {
    this.input({ kind: "configure", groups });
  }

  input(input: Input): readonly Effect[] {
    const effects = step(this.state, input, { mono: millis(this.#mono), wall: epochSeconds(1_000_000 + this.#mono / 1000) });
    this.effects.push(...effects);
    for (const effect of effects)
      if (effect.kind === "spawn" && this.bears) this.bear(processId(effect.process.group, effect.process.name));
    return effects;
  }

  run(): this {
    this.input({ kind: "run" });
    return this;
  }

  /** The child that was asked for exists now. */
  bear(id: ProcessId): void {
    this.#lastPid += 1;
    this.input({ kind: "spawned", id, pid: toPid(this.#lastPid) });
  }

  /** Lets time pass, ringing each alarm when it is due. */
  advance(duration: number): void {
    const end = this.#mono + duration;
    for (let at = nextAlarm(this.state); at !== null && at <= end; at = nextAlarm(this.state)) {
      this.#mono = Math.max(at, this.#mono);
      this.input({ kind: "wake" });
    }
    this.#mono = end;
  }

  /** Lets time pass while every alarm is late. */
  skip(duration: number): void {
    this.#mono += duration;
  }

  start(target: Target, wait = true): RequestId {
    const request = this.#next();
    this.input({ kind: "start", request, target, wait, refused: new Map() });
    return request;
  }

  stop(target: Target, wait = true): RequestId {
    const request = this.#next();
    this.input({ kind: "stop", request, target, wait });
    return request;
  }

  update(groups: readonly GroupConfig[], only: ReadonlySet<string> | null = null): RequestId {
    const request = this.#next();
    this.input({ kind: "update", request, groups, only });
    return request;
  }

  /** The child of a process ends. */
  exit(name: string, exit: ExitStatus | number = 0): void {
    const id = idOf(name);
    const phase = this.state.processes.get(id)?.phase;
    if (phase === undefined || !("pid" in phase) || phase.pid === null) throw new Error(`${name} has no child`);
    this.input({ kind: "exited", id, pid: phase.pid, exit: typeof exit === "number" ? { kind: "exited", code: exit } : exit });
  }

  stateOf(name: string): string | undefined {
    return this.state.processes.get(idOf(name))?.phase.state;
  }

  answer(request: RequestId): Answer | undefined {
    return this.effects.flatMap((effect) => (effect.kind === "settle" && effect.request === request ? [effect.answer] : []))[0];
  }

  /** The outcomes of a request in short: `web OK`, `web SPAWN_ERROR`; `undefined` while it waits. */
  outcomes(request: RequestId): readonly string[] | undefined {
    const answer = this.answer(request);
    if (answer?.kind !== "outcomes") return undefined;
    return answer.outcomes.map(({ process, result }) => `${process} ${result.ok ? "OK" : result.fault.name}`);
  }

  /** State changes since the last call, in short: `web STARTING`. */
  takeStates(): readonly string[] {
    const states = this.effects.flatMap((effect) =>
      effect.kind === "publish" && effect.event.kind === "process-state" ? [`${effect.event.process} ${effect.event.state}`] : [],
    );
    this.effects.length = 0;
    return states;
  }

  /** Lines for the activity log at `info` and above. */
  logLines(): readonly string[] {
    return this.effects.flatMap((effect) =>
      effect.kind === "log" && effect.level !== "debug" ? [`${effect.level} ${effect.message}`] : [],
    );
  }

  /** Signals sent, in short: `web 15 process`. */
  signals(): readonly string[] {
    return this.effects.flatMap((effect) => (effect.kind === "signal" ? [`${effect.id} ${effect.signal} ${effect.scope}`] : []));
  }

  #next(): RequestId {
    this.#lastRequest += 1;
    return this.#lastRequest;
  }
}

export function one(name: string): Target {
  const [group = name, process = name] = name.split(":");
  return { kind: "process", group, process };
}

function idOf(name: string): ProcessId {
  const [group = name, process = name] = name.split(":");
  return processId(group, process);
}

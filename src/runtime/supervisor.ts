import type { Answer, RequestId } from "../kernel/effect.ts";
import { canAddGroup, canRemoveGroup } from "../kernel/groups.ts";
import type { Input } from "../kernel/input.ts";
import { findProcess, groupsInOrder, targetsInOrder } from "../kernel/order.ts";
import { childOf } from "../kernel/phase.ts";
import { type PlannedProcess, planUpdate } from "../kernel/plan.ts";
import type { Process } from "../kernel/process.ts";
import { signalTargets } from "../kernel/requests.ts";
import type { GroupConfig, UserAccount } from "../model/config.ts";
import { type Fault, fail, type Result, succeed } from "../model/fault.ts";
import type { ProcessId } from "../model/namespec.ts";
import { isRunning } from "../model/process-state.ts";
import type { GroupUpdate, ProcessOutcome, Target } from "../model/request.ts";
import { type SignalNumber, signalName } from "../model/signal.ts";
import type { SupervisorState } from "../model/supervisor-state.ts";
import type { Instant } from "../model/time.ts";
import type { GroupView, ProcessView, SupervisorControl } from "./control.ts";
import { Loop } from "./loop.ts";
import type { Ports } from "./ports.ts";
import { viewGroup, viewProcess } from "./views.ts";

interface OpenRequest {
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

/** The supervisor as the daemon and its interfaces use it: requests in, promises out. */
export class Supervisor implements SupervisorControl {
  readonly #ports: Ports;
  readonly #loop: Loop;
  readonly #open = new Map<RequestId, OpenRequest>();
  #lastRequest: RequestId = 0;

  /** @param onLeave - called once everything has stopped after `shutdown` or `restart`. */
  constructor(ports: Ports, onLeave: (mode: "SHUTDOWN" | "RESTARTING") => void) {
    this.#ports = ports;
    this.#loop = new Loop(ports, {
      settled: (request, answer) => this.#take(request)?.settle(answer),
      failed: (request, error) => this.#take(request)?.fail(error),
      left: onLeave,
    });
  }

  get state(): SupervisorState {
    return this.#loop.state.mode;
  }

  now(): Instant {
    return this.#ports.clock.now();
  }

  groups(): readonly GroupView[] {
    return groupsInOrder(this.#loop.state).map((group) => viewGroup(this.#loop.state, group));
  }

  group(name: string): GroupView | undefined {
    const group = this.#loop.state.groups.get(name);
    return group === undefined ? undefined : viewGroup(this.#loop.state, group);
  }

  process(group: string, name: string): ProcessView | undefined {
    const process = findProcess(this.#loop.state, group, name);
    return process === undefined ? undefined : viewProcess(process);
  }

  /** What is active at present, as it is configured. */
  activeGroups(): readonly GroupConfig[] {
    return groupsInOrder(this.#loop.state).map(({ config }) => config);
  }

  /** Makes the groups of the first configuration active; nothing starts before `run`. */
  configure(groups: readonly GroupConfig[]): void {
    this.#loop.post({ kind: "configure", groups });
  }

  /** The daemon is ready: autostart begins. */
  run(): void {
    this.#loop.post({ kind: "run" });
  }

  /** Forgets everything after a departure, for a restart in the same pid. */
  reset(): void {
    this.#loop.reset();
  }

  async start(target: Target, wait: boolean): Promise<readonly ProcessOutcome[]> {
    const refused = this.#refusals(target);
    return outcomesOf(await this.#request((request) => ({ kind: "start", request, target, wait, refused })));
  }

  async stop(target: Target, wait: boolean): Promise<readonly ProcessOutcome[]> {
    return outcomesOf(await this.#request((request) => ({ kind: "stop", request, target, wait })));
  }

  signal(target: Target, signal: SignalNumber): readonly ProcessOutcome[] {
    const { recipients, outcomes } = signalTargets(this.#loop.state, target);
    return [...outcomes, ...recipients.map((process) => this.#signalOne(process, signal))];
  }

  addGroup(config: GroupConfig): Result<true> {
    const allowed = canAddGroup(this.#loop.state, config.name);
    if (allowed.ok) this.#loop.post({ kind: "add-group", group: config });
    return allowed;
  }

  removeGroup(name: string): Result<true> {
    const allowed = canRemoveGroup(this.#loop.state, name);
    if (allowed.ok) this.#loop.post({ kind: "remove-group", group: name });
    return allowed;
  }

  async update(groups: readonly GroupConfig[], only: ReadonlySet<string> | null): Promise<readonly GroupUpdate[]> {
    const answer = await this.#request((request) => ({ kind: "update", request, groups, only }));
    return answer.kind === "updated" ? answer.groups : [];
  }

  /** What `update` would do with each process; nothing is changed. */
  plan(groups: readonly GroupConfig[], only: ReadonlySet<string> | null): readonly PlannedProcess[] {
    return planUpdate(this.#loop.state, groups, only, this.now());
  }

  /** The processes of a program run as this user from their next start on; `null` for the daemon's. */
  setUser(program: string, user: UserAccount | null): void {
    this.#loop.post({ kind: "set-user", program, user });
  }

  shutdown(): void {
    this.#loop.post({ kind: "leave", mode: "SHUTDOWN" });
  }

  restart(): void {
    this.#loop.post({ kind: "leave", mode: "RESTARTING" });
  }

  #request(input: (request: RequestId) => Input): Promise<Answer> {
    this.#lastRequest += 1;
    const request = this.#lastRequest;
    return new Promise((settle, fail) => {
      this.#open.set(request, { settle, fail });
      this.#loop.post(input(request));
    });
  }

  #take(request: RequestId): OpenRequest | undefined {
    const open = this.#open.get(request);
    this.#open.delete(request);
    return open;
  }

  /** Commands that cannot be run are refused before anything else about a process is asked. */
  #refusals(target: Target): ReadonlyMap<ProcessId, Fault> {
    const refused = new Map<ProcessId, Fault>();
    for (const { id, config, phase } of targetsInOrder(this.#loop.state, target) ?? []) {
      if (target.kind !== "process" && isRunning(phase.state)) continue;
      const check = this.#ports.children.checkCommand(config.launch);
      if (!check.ok) refused.set(id, check.fault);
    }
    return refused;
  }

  #signalOne(process: Process, signal: SignalNumber): ProcessOutcome {
    const { group, name } = process.config;
    const pid = childOf(process.phase);
    if (pid === null) return { group, process: name, result: fail("NOT_RUNNING") };
    this.#ports.activity.log("debug", `sending ${name} (pid ${pid}) sig ${signalName(signal) ?? signal}`);
    const outcome = this.#ports.children.signal(pid, signal, "process");
    if (outcome.kind !== "failed") return { group, process: name, result: succeed(true) };
    this.#loop.post({ kind: "signal-failed", id: process.id, pid, problem: outcome.problem });
    return { group, process: name, result: fail("FAILED", outcome.problem) };
  }
}

function outcomesOf(answer: Answer): readonly ProcessOutcome[] {
  return answer.kind === "outcomes" ? answer.outcomes : [];
}

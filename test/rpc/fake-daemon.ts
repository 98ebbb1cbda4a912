import type { GroupConfig, ProcessConfig } from "../../src/model/config.ts";
import { fail, type Result, succeed } from "../../src/model/fault.ts";
import { type ProcessId, processId } from "../../src/model/namespec.ts";
import { isRunning, isSignallable, isStopped } from "../../src/model/process-state.ts";
import type { GroupUpdate, ProcessOutcome, Target } from "../../src/model/request.ts";
import type { SignalNumber } from "../../src/model/signal.ts";
import type { SupervisorState } from "../../src/model/supervisor-state.ts";
import { epochSeconds, type Instant, millis } from "../../src/model/time.ts";
import type { Channel, ConfigDifference, RpcContext } from "../../src/rpc/context.ts";
import type { GroupView, ProcessView, SupervisorControl } from "../../src/runtime/control.ts";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/**
 * A supervisor of processes that exist in memory only. What is started is RUNNING and what is stopped is STOPPED at once, unless a
 * test holds the waiting calls back; the outcome for a process can be planned.
 */
export class FakeSupervisor implements SupervisorControl {
  state: SupervisorState = "RUNNING";
  wall = 1_700_000_000;
  /** Outcomes to report for a process instead of doing anything. */
  readonly planned = new Map<ProcessId, Result<true>>();
  /** What was asked, in order. */
  readonly asked: string[] = [];
  /** While set, calls that wait are settled by it. */
  held: Promise<void> | null = null;
  readonly #groups = new Map<string, { config: GroupConfig; processes: Mutable<ProcessView>[] }>();
  #nextPid = 100;

  constructor(groups: readonly GroupConfig[]) {
    for (const group of groups) this.addGroup(group);
  }

  now(): Instant {
    return { mono: millis(0), wall: epochSeconds(this.wall) };
  }

  groups(): readonly GroupView[] {
    return [...this.#groups.values()]
      .map(({ config, processes }) => ({ name: config.name, priority: config.priority, processes }))
      .sort((a, b) => a.priority - b.priority);
  }

  group(name: string): GroupView | undefined {
    return this.groups().find((group) => group.name === name);
  }

  process(group: string, process: string): ProcessView | undefined {
    return this.group(group)?.processes.find((view) => view.config.name === process);
  }

  /** Lets a test put a process into any condition. */
  set(group: string, process: string, facts: Partial<ProcessView>): void {
    const view = this.#groups.get(group)?.processes.find((candidate) => candidate.config.name === process);
    if (view === undefined) throw new Error(`no process ${group}:${process}`);
    Object.assign(view, facts);
  }

  async start(target: Target, wait: boolean): Promise<readonly ProcessOutcome[]> {
    this.asked.push(`start ${describe(target)} wait=${wait}`);
    if (wait) await this.held;
    return this.#act(target, (view) => {
      if (isRunning(view.state)) return target.kind === "process" ? fail("ALREADY_STARTED") : null;
      Object.assign(view, { state: "RUNNING", pid: this.#nextPid++, startedAt: this.wall });
      return succeed(true);
    });
  }

  async stop(target: Target, wait: boolean): Promise<readonly ProcessOutcome[]> {
    this.asked.push(`stop ${describe(target)} wait=${wait}`);
    if (wait) await this.held;
    return this.#act(target, (view) => {
      if (!isRunning(view.state)) return target.kind === "process" ? fail("NOT_RUNNING") : null;
      Object.assign(view, { state: "STOPPED", pid: 0, stoppedAt: this.wall });
      return succeed(true);
    });
  }

  signal(target: Target, signal: SignalNumber): readonly ProcessOutcome[] {
    this.asked.push(`signal ${describe(target)} ${signal}`);
    return this.#act(target, (view) => {
      if (!isSignallable(view.state)) return target.kind === "process" ? fail("NOT_RUNNING") : null;
      return succeed(true);
    });
  }

  addGroup(config: GroupConfig): Result<true> {
    if (this.#groups.has(config.name)) return fail("ALREADY_ADDED");
    this.#groups.set(config.name, { config, processes: config.processes.map(atRest) });
    return succeed(true);
  }

  removeGroup(name: string): Result<true> {
    const group = this.group(name);
    if (group === undefined) return fail("BAD_NAME");
    if (!group.processes.every((view) => isStopped(view.state))) return fail("STILL_RUNNING");
    this.#groups.delete(name);
    return succeed(true);
  }

  async update(): Promise<readonly GroupUpdate[]> {
    return [];
  }

  shutdown(): void {
    this.state = "SHUTDOWN";
  }

  restart(): void {
    this.state = "RESTARTING";
  }

  #act(target: Target, act: (view: Mutable<ProcessView>) => Result<true> | null): readonly ProcessOutcome[] {
    const views = [...this.#groups.values()].flatMap((group) => group.processes).filter((view) => isMeant(target, view));
    return views.flatMap((view) => {
      const result = this.planned.get(view.id) ?? act(view);
      return result === null ? [] : [{ group: view.config.group, process: view.config.name, result }];
    });
  }
}

/** A daemon around the supervisor; a test changes what it needs. */
export class FakeDaemon implements RpcContext {
  usage = { measure: () => new Map() };
  history = () => [];
  readonly supervisor: FakeSupervisor;
  readonly logPaths = new Map<string, string>();
  readonly cleared: ProcessId[] = [];
  clearResult: Result<true> = succeed(true);
  readonly stdin: string[] = [];
  stdinResult: Result<true> = succeed(true);
  readonly remoteEvents: [type: string, data: string][] = [];
  readonly activityLog: { path: string | null; description: string; clear(): Result<true> } = {
    path: null,
    description: "",
    clear: () => (this.activityLog.path === null ? fail("NO_FILE") : succeed(true)),
  };
  difference: Result<ConfigDifference> = succeed({ added: [], changed: [], removed: [] });
  updates: Result<readonly GroupUpdate[]> = succeed([]);
  readonly updateRequests: (readonly string[] | null)[] = [];
  readonly daemon = { pid: 4242, version: "4.2.5", identifier: "supervisor" };
  readonly #groups: readonly GroupConfig[];

  /** @param configured - groups that the configuration has beside the active ones. */
  constructor(active: readonly GroupConfig[], configured: readonly GroupConfig[] = []) {
    this.supervisor = new FakeSupervisor(active);
    this.#groups = [...active, ...configured];
  }

  readonly output = {
    logPath: (id: ProcessId, channel: Channel): string | null => this.logPaths.get(`${id} ${channel}`) ?? null,
    readableLogPath: (id: ProcessId, channel: Channel): string | null => this.logPaths.get(`${id} ${channel}`) ?? null,
    logOffsetSince: () => 0,
    clearLogs: (id: ProcessId): Result<true> => {
      this.cleared.push(id);
      return this.clearResult;
    },
    environments: () => ({ next: { A: "1", B: "2" }, running: { A: "1", B: "old", C: "3" } }),
    writeStdin: (id: ProcessId, bytes: Buffer): Result<true> => {
      this.stdin.push(`${id} ${bytes.toString("utf8")}`);
      return this.stdinResult;
    },
  };

  readonly events = {
    remoteCommunication: (type: string, data: string): void => {
      this.remoteEvents.push([type, data]);
    },
  };

  readonly configuration = {
    reread: (): Result<ConfigDifference> => this.difference,
    processes: () =>
      this.#groups.flatMap((group) => group.processes.map((process) => ({ process, groupPriority: group.priority }))),
    addGroup: (name: string): Result<true> => {
      const config = this.#groups.find((group) => group.name === name);
      return config === undefined ? fail("BAD_NAME") : this.supervisor.addGroup(config);
    },
    plan: () => fail("FAILED"),
    describe: () => [{ name: "cmd", value: "cat" }],
    text: () => fail("FAILED"),
    upload: async () => fail("FAILED"),
    setUser: () => fail("FAILED"),
    scale: async () => fail("FAILED"),
    update: async (only: readonly string[] | null): Promise<Result<readonly GroupUpdate[]>> => {
      this.updateRequests.push(only);
      return this.updates;
    },
  };
}

function atRest(config: ProcessConfig): Mutable<ProcessView> {
  return {
    id: processId(config.group, config.name),
    config,
    state: "STOPPED",
    pid: 0,
    startedAt: epochSeconds(0),
    stoppedAt: epochSeconds(0),
    spawnError: "",
    exitCode: 0,
    lastExit: null,
    restarts: 0,
    tries: 0,
  };
}

function isMeant(target: Target, { config }: ProcessView): boolean {
  switch (target.kind) {
    case "all":
      return true;
    case "group":
      return config.group === target.group;
    case "process":
      return config.group === target.group && config.name === target.process;
  }
}

function describe(target: Target): string {
  if (target.kind === "all") return "all";
  return target.kind === "group" ? `${target.group}:*` : `${target.group}:${target.process}`;
}

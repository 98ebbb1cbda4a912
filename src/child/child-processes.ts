import type { Environment, LaunchConfig, ProcessConfig } from "../model/config.ts";
import { describeExit, type ExitStatus } from "../model/exit-status.ts";
import { fail, faultText, type Result, succeed } from "../model/fault.ts";
import { type ProcessId, processId } from "../model/namespec.ts";
import type { SignalNumber } from "../model/signal.ts";
import { errorCode } from "../os/error-code.ts";
import { processEnvironment } from "../os/process-environment.ts";
import { type Reaped, Reaper, type ResourceUsage } from "../os/reaper.ts";
import { kill } from "../os/signals.ts";
import { type SpawnOutcome, spawn } from "../os/spawn.ts";
import type { Children, SignalOutcome } from "../runtime/ports.ts";
import type { Channel } from "./child-log.ts";
import { childEnvironment } from "./environment.ts";
import { FcgiSockets, type SocketLease } from "./fcgi-sockets.ts";
import { ExecutableFinder } from "./find-executable.ts";
import { LogOpener, type LogOpenerOptions } from "./log-opener.ts";
import { PipedStdio } from "./piped-stdio.ts";
import { planLaunch, standInCommand } from "./plan-launch.ts";
import type { ChildEnds, ProcessStdio } from "./process-stdio.ts";
import { RuntimeDirectory } from "./runtime-directory.ts";
import { dispatcherProblem, forkProblem } from "./spawn-problem.ts";
import type { Terminal } from "./terminal.ts";
import { TerminalStdio } from "./terminal-stdio.ts";

export interface ChildProcessesOptions extends LogOpenerOptions {
  /** A directory of the daemon's own for the pipes; created if need be. */
  readonly runtimeDir: string;
  /** For SUPERVISOR_SERVER_URL; `null` when the daemon does not serve. */
  readonly serverUrl: string | null;
  /** The soft limit of open files that children get. */
  readonly openFiles: number;
  /** The daemon's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One active process and what belongs to it. */
interface Entry {
  readonly id: ProcessId;
  process: ProcessConfig;
  stdio: ProcessStdio;
  /** `null` while there is no child. */
  pid: number | null;
  /** The child that was created last, 0 before the first. */
  lastPid: number;
  /** Of the child that was reaped last. */
  usage: ResourceUsage | null;
}

type ExitListener = (id: ProcessId, pid: number, exit: ExitStatus) => void;

/** The children of the daemon: real processes, real pipes, real log files. */
export class ChildProcesses implements Children {
  readonly #options: ChildProcessesOptions;
  readonly #directory: RuntimeDirectory;
  readonly #executables: ExecutableFinder;
  readonly #logs: LogOpener;
  readonly #reaper: Reaper;
  readonly #entries = new Map<ProcessId, Entry>();
  readonly #byPid = new Map<number, Entry>();
  readonly #sockets: FcgiSockets;
  /** By the pid of the child that uses it. */
  readonly #leases = new Map<number, SocketLease>();
  /** Of processes that are no more, while anybody holds their pipes. */
  #abandoned: ProcessStdio[] = [];
  #onExit: ExitListener = () => {};

  /** @throws when the runtime directory cannot be used. */
  constructor(options: ChildProcessesOptions) {
    this.#directory = new RuntimeDirectory(options.runtimeDir);
    // Reading `process.env` asks the C library for every variable.
    this.#options = { ...options, env: { ...options.env } };
    this.#executables = new ExecutableFinder(this.#options.env);
    this.#logs = new LogOpener(options);
    this.#sockets = new FcgiSockets((level, message) => options.activity.log(level, message));
    this.#reaper = new Reaper((reaped) => this.#reaped(reaped));
  }

  onExit(listener: ExitListener): void {
    this.#onExit = listener;
  }

  prepare(process: ProcessConfig): void {
    const id = processId(process.group, process.name);
    this.discard(id);
    if (process.launch.socket !== null) this.#sockets.foresee(process.launch.socket);
    this.#entries.set(id, this.#newEntry(id, process));
  }

  discard(id: ProcessId): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#logs.forget(id);
    this.#abandon(entry.stdio);
  }

  checkCommand(launch: LaunchConfig): Result<true> {
    const found = this.#executables.find(launch);
    return found.ok ? succeed(true) : found;
  }

  spawn(process: ProcessConfig): ReturnType<Children["spawn"]> {
    const found = this.#executables.find(process.launch);
    if (!found.ok) return { ok: false, problem: found.fault.detail ?? faultText(found.fault) };
    const { socket } = process.launch;
    if (socket === null) return this.#spawn(process, found.value, null);
    const leased = this.#sockets.lease(socket);
    if (!leased.ok) return leased;
    const outcome = this.#spawn(process, found.value, leased.lease.fd);
    if (outcome.ok) this.#leases.set(outcome.pid, leased.lease);
    else leased.lease.release();
    return outcome;
  }

  signal(pid: number, signal: SignalNumber, scope: "process" | "group"): SignalOutcome {
    return kill(pid, signal, scope);
  }

  /** The path of the channel's log file, AUTO names resolved; `null` when there is none. */
  logPath(id: ProcessId, channel: Channel): string | null {
    const entry = this.#entries.get(id);
    return entry === undefined ? null : this.#logs.path(id, entry.process, channel);
  }

  /** The same for somebody who is about to read it: an AUTO log that nothing was written to yet is created. */
  readableLogPath(id: ProcessId, channel: Channel): string | null {
    const entry = this.#entries.get(id);
    return entry === undefined ? null : this.#logs.readablePath(id, entry.process, channel);
  }

  /** Where in a channel's log begins what was written since a time, in seconds since 1970; 0 when nobody knows. */
  logOffsetSince(id: ProcessId, channel: Channel, time: number): number {
    return this.#logs.offsetSince(id, channel, time);
  }

  /** Deletes and reopens the log files that a process has open; FAILED on a system error. */
  clearLogs(id: ProcessId): Result<true> {
    const problem = this.#entries.get(id)?.stdio.clearLogs() ?? null;
    return problem === null ? succeed(true) : fail("FAILED");
  }

  /** Closes and opens all open log files, after somebody else has renamed them. */
  reopenLogs(): void {
    for (const { stdio } of this.#entries.values()) stdio.reopenLogs();
    for (const stdio of this.#abandoned) stdio.reopenLogs();
  }

  /** Queues bytes for the child's stdin. NOT_RUNNING without a child, NO_FILE when it closed its stdin, FAILED when it is too much. */
  writeStdin(id: ProcessId, bytes: Buffer): Result<true> {
    return this.#entries.get(id)?.stdio.writeStdin(bytes) ?? fail("NOT_RUNNING");
  }

  /** What the next child of a process finds in its environment, and what the present one found; `null` where nobody knows. */
  environments(id: ProcessId): { readonly next: Environment; readonly running: Environment | null } | null {
    const entry = this.#entries.get(id);
    if (entry === undefined) return null;
    const { env, serverUrl } = this.#options;
    const next = Object.entries(childEnvironment(entry.process, env, serverUrl));
    return {
      next: Object.fromEntries(next.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
      running: entry.pid === null ? null : processEnvironment(entry.pid),
    };
  }

  /** What a process runs on; `null` for one that has no terminal. */
  terminal(id: ProcessId): Terminal | null {
    return this.#entries.get(id)?.stdio.terminal ?? null;
  }

  /** The child of a process that lives or lived last, whose output it is that still comes; 0 when there was none. */
  lastPid(id: ProcessId): number {
    return this.#entries.get(id)?.lastPid ?? 0;
  }

  /** What the last child of a process used, once it is reaped. */
  lastUsage(id: ProcessId): ResourceUsage | null {
    return this.#entries.get(id)?.usage ?? null;
  }

  /** Closes everything; children that still live are left to themselves. */
  close(): void {
    this.#reaper.close();
    for (const { stdio } of this.#entries.values()) stdio.close();
    for (const stdio of this.#abandoned) stdio.close();
    this.#entries.clear();
    this.#byPid.clear();
    this.#leases.clear();
    this.#sockets.close();
    this.#directory.close();
  }

  /** @param socket - becomes the child's descriptor 0. */
  #spawn(process: ProcessConfig, file: string, socket: number | null): ReturnType<Children["spawn"]> {
    const entry = this.#entryFor(process);
    let ends: ChildEnds;
    try {
      this.#directory.ensure();
      this.#renewStdio(entry);
      ends = entry.stdio.open(process, socket);
    } catch (error) {
      return { ok: false, problem: dispatcherProblem(process.name, errorCode(error)) };
    }
    const outcome = this.#launch(process, file, ends);
    ends.close();
    if (!outcome.ok) {
      entry.stdio.childEnded();
      return outcome;
    }
    entry.pid = outcome.pid;
    entry.lastPid = outcome.pid;
    this.#byPid.set(outcome.pid, entry);
    entry.stdio.terminal?.childStarted(outcome.pid);
    return outcome;
  }

  #entryFor(process: ProcessConfig): Entry {
    const id = processId(process.group, process.name);
    const entry = this.#entries.get(id) ?? this.#newEntry(id, process);
    entry.process = process;
    this.#entries.set(id, entry);
    return entry;
  }

  /**
   * A pipe whose name was cleaned away while a grandchild holds it cannot be shared with a new child; and a process that is configured
   * anew may be one for a terminal.
   */
  #renewStdio(entry: Entry): void {
    const { stdio, process } = entry;
    if (stdio.isUsable && process.launch.tty === (stdio.terminal !== null)) return;
    this.#abandon(stdio);
    entry.stdio = this.#newStdio(entry.id, process);
  }

  #abandon(stdio: ProcessStdio): void {
    stdio.abandon();
    this.#abandoned = [...this.#abandoned, stdio].filter(({ isOpen }) => isOpen);
  }

  #newEntry(id: ProcessId, process: ProcessConfig): Entry {
    return { id, process, stdio: this.#newStdio(id, process), pid: null, lastPid: 0, usage: null };
  }

  #newStdio(id: ProcessId, { launch }: ProcessConfig): ProcessStdio {
    return launch.tty ? new TerminalStdio(this.#logs) : new PipedStdio(id, this.#directory.path, this.#logs);
  }

  #launch(process: ProcessConfig, file: string, { descriptors, terminal }: ChildEnds): ReturnType<Children["spawn"]> {
    const { launch, name } = process;
    const { env: own, serverUrl, openFiles } = this.#options;
    const env = childEnvironment(process, own, serverUrl);
    const common = { env, descriptors, terminal, umask: launch.umask, openFiles };
    const standIn = (message: string): SpawnOutcome => spawn({ ...common, ...standInCommand(message), directory: null });

    const plan = planLaunch(launch, file, env.PATH);
    if (plan.kind === "problem") return { ok: false, problem: plan.problem };
    const outcome = plan.kind === "stand-in" ? standIn(plan.message) : spawn({ ...common, ...plan, directory: launch.directory });
    if (outcome.ok) return outcome;
    const problem = forkProblem(name, outcome.error);
    if (problem !== null) return { ok: false, problem };
    const second = standIn(`couldn't exec ${launch.command.words[0]}: ${outcome.error}`);
    return second.ok ? second : { ok: false, problem: `cannot spawn '${name}': ${outcome.error}` };
  }

  #reaped({ pid, exit, usage }: Reaped): void {
    this.#leases.get(pid)?.release();
    this.#leases.delete(pid);
    const entry = this.#byPid.get(pid);
    if (entry === undefined) {
      this.#options.activity.log("info", `reaped unknown pid ${pid} (${describeExit(exit)})`);
      return;
    }
    this.#byPid.delete(pid);
    entry.usage = usage;
    // Of two children of one process (the older one could not be killed) only the newer owns the pipes.
    if (entry.pid === pid) {
      entry.pid = null;
      entry.stdio.childEnded();
    }
    this.#onExit(entry.id, pid, exit);
  }
}

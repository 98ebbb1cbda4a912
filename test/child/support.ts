import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChildProcesses, type ChildProcessesOptions } from "../../src/child/child-processes.ts";
import type { LaunchConfig, LogTarget, ProcessConfig, StreamConfig } from "../../src/model/config.ts";
import type { ExitStatus } from "../../src/model/exit-status.ts";
import { LOG_LEVELS, type LogLevel } from "../../src/model/log-level.ts";
import { processId } from "../../src/model/namespec.ts";
import { signalNumber } from "../../src/model/signal.ts";
import { millis } from "../../src/model/time.ts";
import { InheritedOutput } from "../../src/os/inherited-output.ts";
import { SyslogWriter } from "../../src/os/syslog-writer.ts";

export function aStream(log: LogTarget = { kind: "none" }, change: Partial<StreamConfig> = {}): StreamConfig {
  return { log, maxBytes: 0, backups: 0, captureMaxBytes: 0, eventsEnabled: false, syslog: false, ...change };
}

/** A process that runs `words`; what is not given is as plain as possible. */
export function aProcess(words: readonly string[], launch: Partial<LaunchConfig> = {}, name = "p", group = "g"): ProcessConfig {
  return {
    group,
    name,
    program: name,
    policy: {
      priority: 999,
      autostart: true,
      autorestart: "never",
      exitCodes: [0],
      startMillis: millis(0),
      startRetries: 0,
      earlyExit: "failure",
      stopSignal: signalNumber("TERM"),
      stopWaitMillis: millis(10_000),
      stopAsGroup: false,
      killAsGroup: false,
    },
    launch: {
      command: { text: words.join(" "), words, problem: null },
      directory: null,
      umask: null,
      user: null,
      environment: {},
      serverUrl: null,
      redirectStderr: false,
      tty: false,
      stdout: aStream(),
      stderr: aStream(),
      socket: null,
      ...launch,
    },
  };
}

export interface ExitSeen {
  readonly id: string;
  readonly pid: number;
  readonly exit: ExitStatus;
}

/** A daemon's children in a directory of their own. `close` ends whatever still lives. */
export class Nursery {
  readonly folder = mkdtempSync(join(tmpdir(), "taskmaster-child-"));
  readonly exits: ExitSeen[] = [];
  readonly activity: string[] = [];
  readonly children: ChildProcesses;
  readonly #pids = new Set<number>();
  /** Level of the activity log. */
  level: LogLevel = "info";

  constructor(options: Partial<ChildProcessesOptions> = {}) {
    this.children = new ChildProcesses({
      runtimeDir: join(this.folder, "run"),
      childLogDir: this.folder,
      identifier: "supervisor",
      stripAnsi: false,
      serverUrl: null,
      openFiles: 1024,
      env: process.env,
      inherited: new InheritedOutput(),
      syslog: new SyslogWriter(join(this.folder, "log")),
      activity: {
        isEnabled: (level) => LOG_LEVELS[level].rank >= LOG_LEVELS[this.level].rank,
        log: (level, message) => {
          this.activity.push(`${level} ${message}`);
        },
      },
      ...options,
    });
    this.children.onExit((id, pid, exit) => {
      this.#pids.delete(pid);
      this.exits.push({ id, pid, exit });
    });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  file(name: string, change: Partial<StreamConfig> = {}): StreamConfig {
    return aStream({ kind: "file", path: this.path(name) }, change);
  }

  /** @throws when there is no child. */
  spawn(config: ProcessConfig): number {
    const outcome = this.children.spawn(config);
    if (!outcome.ok) throw new Error(outcome.problem);
    this.#pids.add(outcome.pid);
    return outcome.pid;
  }

  /** Spawns a process and waits for its end. */
  async run(config: ProcessConfig): Promise<ExitSeen> {
    const pid = this.spawn(config);
    return this.exitOf(pid);
  }

  exitOf(pid: number): Promise<ExitSeen> {
    return until(() => this.exits.find((exit) => exit.pid === pid));
  }

  async close(): Promise<void> {
    for (const pid of this.#pids) this.children.signal(pid, signalNumber("KILL"), "group");
    await until(() => this.#pids.size === 0 || undefined);
    this.children.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function idOf(config: ProcessConfig): ReturnType<typeof processId> {
  return processId(config.group, config.name);
}

const DEADLINE_MS = 60_000;

/** Waits until there is a value; a condition gives `undefined` until it holds. */
export async function until<Value>(probe: () => Value | undefined): Promise<Value> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const value = probe();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${probe}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

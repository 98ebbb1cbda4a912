import { setImmediate as nextTurn } from "node:timers/promises";
import type { ConfigNote } from "../config/outcome.ts";
import { EventSerials } from "../events/event-bus.ts";
import { ActivityLog } from "../logs/activity-log.ts";
import type { Config, DaemonConfig } from "../model/config.ts";
import { formatDiagnostic, formatRemark } from "../model/diagnostic.ts";
import { changeDirectory, detachStandardStreams } from "../os/detach.ts";
import { dropPrivileges } from "../os/drop-privileges.ts";
import { errorCode } from "../os/error-code.ts";
import { keepInheritedDescriptors } from "../os/inherited-descriptors.ts";
import { InheritedOutput } from "../os/inherited-output.ts";
import { childOpenFiles, originalOpenFiles } from "../os/original-limit.ts";
import { removePidFile, writePidFile } from "../os/pid-file.ts";
import { raiseLimits } from "../os/raise-limits.ts";
import { type ConfigSource, readConfig } from "./config-source.ts";
import { announceReady } from "./detach.ts";
import { Incarnation } from "./incarnation.ts";
import { makeRuntimeDirectory, removeRuntimeDirectory } from "./runtime-directory.ts";
import { StartError } from "./start-error.ts";

const RUNNING_AS_ROOT =
  "Supervisor is running as root.  Privileges were not dropped because no user is specified in the config file.  If you intend to " +
  "run as root, you can set user=root in the config file to avoid this message.";

export interface DaemonOptions {
  readonly config: Config;
  readonly notes: readonly ConfigNote[];
  readonly source: ConfigSource;
  /** Set in a daemon that runs in the background: where its parent waits. */
  readonly readyFd: number | null;
}

/** The whole daemon, from its start to its exit. */
export class Daemon {
  readonly #source: ConfigSource;
  readonly #readyFd: number | null;
  readonly #inherited = new InheritedOutput();
  readonly #runtimeDirectory: string;
  readonly #originalOpenFiles: number;
  readonly #eventSerials = new EventSerials();
  readonly #pidfile: string;
  #activity: ActivityLog;
  #incarnation: Incarnation;
  #hasPidFile = false;
  #exit: (status: number) => void = () => {};

  /**
   * Becomes the configured user, raises limits and opens the activity log.
   * @throws StartError when the daemon cannot be what the configuration asks for.
   */
  constructor({ config, notes, source, readyFd }: DaemonOptions) {
    const { daemon } = config;
    this.#source = source;
    this.#readyFd = readyFd;
    this.#pidfile = daemon.pidfile;
    keepInheritedDescriptors();
    this.#originalOpenFiles = originalOpenFiles(process.env);
    this.#runtimeDirectory = attempt(() => makeRuntimeDirectory(config, source.world));
    const infos = becomeConfigured(daemon, this.#originalOpenFiles);
    this.#activity = openActivityLog(daemon, this.#inherited);
    if (process.getuid?.() === 0 && daemon.user === null) this.#activity.log("critical", RUNNING_AS_ROOT);
    this.#tell(notes);
    for (const info of infos) this.#activity.log("info", info);
    this.#incarnation = this.#incarnate(config);
  }

  /**
   * Comes up, and lives until it is told to leave.
   * @returns the exit status.
   * @throws StartError when it cannot come up.
   */
  async run(): Promise<number> {
    const { daemon } = this.#incarnation.configuration.latest;
    const ended = new Promise<number>((resolve) => {
      this.#exit = resolve;
    });
    try {
      await this.#incarnation.open();
    } catch (error) {
      this.#leaveNothingBehind();
      throw error;
    }
    if (this.#readyFd !== null) this.#goToBackground(daemon);
    this.#writePidFile();
    this.#listenToSignals();
    if (this.#readyFd !== null) announceReady(this.#readyFd);
    this.#activity.log("info", `supervisord started with pid ${process.pid}`);
    this.#incarnation.supervisor.run();
    return await ended;
  }

  #incarnate(config: Config): Incarnation {
    return new Incarnation({
      config,
      source: this.#source,
      activity: this.#activity,
      inherited: this.#inherited,
      runtimeDirectory: this.#runtimeDirectory,
      openFiles: childOpenFiles(this.#originalOpenFiles, config.daemon.minfds),
      eventSerials: this.#eventSerials,
      onLeave: (mode) => void this.#left(mode),
    });
  }

  #goToBackground({ directory, umask }: DaemonConfig): void {
    this.#activity.log("info", "daemonizing the supervisord process");
    if (directory !== null) {
      const problem = changeDirectory(directory);
      if (problem === null) this.#activity.log("info", `set current directory: '${directory}'`);
      else this.#activity.log("critical", `can't chdir into '${directory}': ${problem}`);
    }
    process.umask(umask);
    detachStandardStreams();
  }

  #writePidFile(): void {
    const problem = writePidFile(this.#pidfile);
    this.#hasPidFile = problem === null;
    if (problem !== null) this.#activity.log("critical", `could not write pidfile ${this.#pidfile}`);
  }

  #listenToSignals(): void {
    for (const signal of ["SIGTERM", "SIGINT", "SIGQUIT"] as const) {
      process.on(signal, () => {
        this.#activity.log("warn", `received ${signal} indicating exit request`);
        this.#incarnation.supervisor.shutdown();
      });
    }
    process.on("SIGHUP", () => void this.#reload());
    process.on("SIGUSR2", () => {
      this.#activity.log("info", "received SIGUSR2 indicating log reopen request");
      this.#activity.reopen();
      this.#incarnation.reopenLogs();
      this.#activity.log("info", "supervisord logreopen");
    });
    // Without a listener of ours Node would open its debugger's port.
    process.on("SIGUSR1", () => this.#activity.log("debug", "ignored SIGUSR1"));
    for (const event of ["uncaughtException", "unhandledRejection"] as const) {
      process.on(event, (error: unknown) => {
        this.#activity.log("critical", `unexpected error: ${error instanceof Error ? error.stack : error}`);
      });
    }
  }

  /** Reads the configuration again and applies what differs; a bad one changes nothing. */
  async #reload(): Promise<void> {
    const { supervisor, configuration } = this.#incarnation;
    if (supervisor.state !== "RUNNING") {
      this.#activity.log("warn", "ignored SIGHUP indicating reload request (shutdown in progress)");
      return;
    }
    this.#activity.log("warn", "received SIGHUP indicating reload request");
    const outcome = await configuration.update(null);
    if (!outcome.ok) {
      this.#activity.log("critical", "the configuration was not applied: everything goes on as before");
      return;
    }
    for (const { group, change, stopped } of outcome.value) {
      this.#activity.log("info", `reload: group ${group} ${change}, ${stopped} of its processes were stopped for it`);
    }
    if (outcome.value.length === 0) this.#activity.log("info", "reload: nothing has changed");
  }

  /** Everything is at rest. */
  async #left(mode: "SHUTDOWN" | "RESTARTING"): Promise<void> {
    const { latest } = this.#incarnation.configuration;
    // When nothing ran, the request to leave has not been answered yet.
    await nextTurn();
    this.#incarnation.close();
    if (mode === "SHUTDOWN") {
      this.#leaveNothingBehind();
      this.#exit(0);
      return;
    }
    try {
      await this.#begin(latest);
    } catch (error) {
      process.stderr.write(`Error: ${error instanceof Error ? error.message : error}\n`);
      this.#activity.log("critical", `cannot start again: ${error instanceof Error ? error.message : error}`);
      this.#leaveNothingBehind();
      this.#exit(2);
    }
  }

  /** Starts anew in the same pid; a configuration that cannot be read leaves the old one in force. */
  async #begin(old: Config): Promise<void> {
    const outcome = readConfig(this.#source);
    const config = outcome.ok ? outcome.value : old;
    this.#activity.close();
    this.#activity = openActivityLog(config.daemon, this.#inherited);
    if (outcome.ok) this.#tell(outcome.notes);
    else {
      for (const error of outcome.errors)
        this.#activity.log("critical", `cannot read the configuration: ${formatDiagnostic(error)}`);
      this.#activity.log("critical", "the old configuration stays in force");
    }
    this.#incarnation = this.#incarnate(config);
    await this.#incarnation.open();
    this.#activity.log("info", `supervisord started with pid ${process.pid}`);
    this.#incarnation.supervisor.run();
  }

  #tell(notes: readonly ConfigNote[]): void {
    for (const note of notes) this.#activity.log(note.level, formatRemark(note));
  }

  #leaveNothingBehind(): void {
    if (this.#hasPidFile) removePidFile(this.#pidfile);
    removeRuntimeDirectory(this.#runtimeDirectory);
    this.#activity.close();
  }
}

/** @returns lines for the activity log, which is not open yet. */
function becomeConfigured(daemon: DaemonConfig, originalNofile: number): readonly string[] {
  const raised = raiseLimits(daemon.minfds, daemon.minprocs, originalNofile);
  if (!raised.ok) throw new StartError(raised.problem);
  if (daemon.user === null) return raised.infos;
  const problem = dropPrivileges(daemon.user);
  if (problem !== null) throw new StartError(problem);
  return [`Set uid to user ${daemon.user.uid} succeeded`, ...raised.infos];
}

function openActivityLog(daemon: DaemonConfig, inherited: InheritedOutput): ActivityLog {
  const { logfile, logfileMaxBytes, logfileBackups, logLevel, nodaemon, silent } = daemon;
  try {
    return new ActivityLog({
      target: logfile,
      maxBytes: logfileMaxBytes,
      backups: logfileBackups,
      level: logLevel,
      echo: nodaemon && !silent,
      inherited,
    });
  } catch (error) {
    const path = logfile.kind === "file" ? logfile.path : logfile.kind;
    throw new StartError(`cannot open the activity log ${path}: ${errorCode(error)}`);
  }
}

function attempt<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error));
  }
}

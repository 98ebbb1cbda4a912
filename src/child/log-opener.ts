import { AUTO_LOG_MODE, createAutoLog } from "../logs/auto-log.ts";
import { LineTarget } from "../logs/line-target.ts";
import type { LogSink, LogSinkEvents } from "../logs/log-sink.ts";
import { openLog } from "../logs/open-log.ts";
import { AnsiStripper } from "../logs/strip-ansi.ts";
import { SyslogLines, type SyslogTarget } from "../logs/syslog-lines.ts";
import { TimeIndex } from "../logs/time-index.ts";
import type { ProcessConfig } from "../model/config.ts";
import { type ProcessId, processId } from "../model/namespec.ts";
import { unreachable } from "../model/unreachable.ts";
import { errorCode } from "../os/error-code.ts";
import type { InheritedOutput } from "../os/inherited-output.ts";
import { type Channel, ChildLog, type DebugLog, type OutputFilter, type OutputListener } from "./child-log.ts";

export interface LogOpenerOptions {
  /** Where AUTO logs are created. */
  readonly childLogDir: string;
  /** The daemon's identifier, part of the names of AUTO logs. */
  readonly identifier: string;
  readonly stripAnsi: boolean;
  readonly activity: DebugLog;
  readonly inherited: InheritedOutput;
  /** The system's log, for streams that go there too. */
  readonly syslog: SyslogTarget;
  /** Who takes part in a stream that is a talk with the daemon; `null` for any other. */
  readonly tapOutput?: (process: ProcessConfig, channel: Channel) => OutputListener | null;
  /** Makes the filter of a stream that carries more than text; `null` for an ordinary one. */
  readonly filterOutput?: (process: ProcessConfig, channel: Channel) => OutputFilter | null;
  /** Who hears of all that a stream says, once it is logged; `null` for nobody. */
  readonly observeOutput?: (process: ProcessConfig, channel: Channel) => OutputListener | null;
}

/** Knows how the logs of all processes are made, and where the AUTO ones are. */
export class LogOpener {
  readonly #options: LogOpenerOptions;
  /** By process and channel. */
  readonly #autoPaths = new Map<string, string>();
  /** When each log was written, also while nobody has it open. By process and channel. */
  readonly #times = new Map<string, TimeIndex>();

  constructor(options: LogOpenerOptions) {
    this.#options = options;
  }

  /** Gives new AUTO logs to a process that became active. */
  prepare(process: ProcessConfig): void {
    for (const channel of ["stdout", "stderr"] as const) {
      if (!isLogged(process, channel) || process.launch[channel].log.kind !== "auto") continue;
      try {
        this.#createAuto(process, channel);
      } catch (error) {
        // The spawn tries again, and fails with it if need be.
        this.#options.activity.log("warn", `cannot create the ${channel} log of '${process.name}': ${errorCode(error)}`);
      }
    }
  }

  /** The process is no more; its logs stay. */
  forget(id: ProcessId): void {
    for (const key of [logKey(id, "stdout"), logKey(id, "stderr")]) {
      this.#autoPaths.delete(key);
      this.#times.delete(key);
    }
  }

  /** The file of a channel's log, `null` when it has none. */
  path(process: ProcessConfig, channel: Channel): string | null {
    const { log } = process.launch[channel];
    if (!isLogged(process, channel)) return null;
    if (log.kind === "auto") return this.#autoPaths.get(logKey(processId(process.group, process.name), channel)) ?? null;
    return log.kind === "file" ? log.path : null;
  }

  /** Where in a channel's log begins what was written since a time, in seconds since 1970; 0 when nobody knows. */
  offsetSince(id: ProcessId, channel: Channel, time: number): number {
    return this.#times.get(logKey(id, channel))?.offsetSince(time) ?? 0;
  }

  /** @throws the system's error when the log cannot be opened. */
  open(process: ProcessConfig, channel: Channel, events: Pick<LogSinkEvents, "onReady">): ChildLog {
    const { tapOutput, filterOutput, observeOutput, stripAnsi, syslog, activity } = this.#options;
    const tap = tapOutput?.(process, channel) ?? null;
    return new ChildLog({
      process,
      channel,
      activity,
      tap,
      stripper: stripAnsi ? new AnsiStripper() : null,
      filter: filterOutput?.(process, channel) ?? null,
      sink: this.#openSink(process, channel, { ...events, report: (level, message) => activity.log(level, message) }),
      syslog: process.launch[channel].syslog && tap === null ? new SyslogLines(syslog, process.name) : null,
      observer: observeOutput?.(process, channel) ?? null,
    });
  }

  #openSink(process: ProcessConfig, channel: Channel, events: LogSinkEvents): LogSink | null {
    const { log, maxBytes, backups } = process.launch[channel];
    const { inherited } = this.#options;
    switch (log.kind) {
      case "none":
        return null;
      case "inherit":
        return new LineTarget(channel, inherited.writer(channel === "stdout" ? 1 : 2), events);
      case "file":
        return openLog({ path: log.path, maxBytes, backups, mode: 0o666 }, inherited, this.#timed(process, channel, events));
      case "auto": {
        const path = this.path(process, channel) ?? this.#createAuto(process, channel);
        return openLog({ path, maxBytes, backups, mode: AUTO_LOG_MODE }, inherited, this.#timed(process, channel, events));
      }
      default:
        return unreachable(log);
    }
  }

  #timed(process: ProcessConfig, channel: Channel, events: LogSinkEvents): LogSinkEvents {
    const key = logKey(processId(process.group, process.name), channel);
    const times = this.#times.get(key) ?? new TimeIndex();
    this.#times.set(key, times);
    return { ...events, times };
  }

  #createAuto(process: ProcessConfig, channel: Channel): string {
    const { childLogDir, identifier } = this.#options;
    const path = createAutoLog(childLogDir, process.name, channel, identifier);
    this.#autoPaths.set(logKey(processId(process.group, process.name), channel), path);
    return path;
  }
}

/** A stderr that goes where stdout goes has no log. */
function isLogged({ launch }: ProcessConfig, channel: Channel): boolean {
  return channel === "stdout" || !launch.redirectStderr;
}

function logKey(id: ProcessId, channel: Channel): string {
  return `${channel} ${id}`;
}

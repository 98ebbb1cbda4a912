import { AUTO_LOG_MODE, AutoLog } from "../logs/auto-log.ts";
import { LineTarget } from "../logs/line-target.ts";
import type { LogGrowth } from "../logs/log-growth.ts";
import type { LogSink, LogSinkEvents } from "../logs/log-sink.ts";
import { openLog } from "../logs/open-log.ts";
import { RotatingFile } from "../logs/rotating-file.ts";
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
  /** Who follows a log hears of it here. */
  readonly growth?: LogGrowth;
  /** The system's log, for streams that go there too. */
  readonly syslog: SyslogTarget;
  /** Who takes part in a stream that is a talk with the daemon; `null` for any other. */
  readonly tapOutput?: (process: ProcessConfig, channel: Channel) => OutputListener | null;
  /** Makes the filter of a stream that carries more than text; `null` for an ordinary one. */
  readonly filterOutput?: (process: ProcessConfig, channel: Channel) => OutputFilter | null;
  /** Who hears of all that a stream says, once it is logged; `null` for nobody. */
  readonly observeOutput?: (process: ProcessConfig, channel: Channel) => OutputListener | null;
}

interface KnownLog {
  /** Named once somebody asks for it. */
  auto: AutoLog | null;
  /** When it was written. */
  readonly times: TimeIndex;
}

/** Knows how the logs of all processes are made, and where the AUTO ones are. */
export class LogOpener {
  readonly #options: LogOpenerOptions;
  /** What is known of logs while nobody has them open. */
  readonly #known: Readonly<Record<Channel, Map<ProcessId, KnownLog>>> = { stdout: new Map(), stderr: new Map() };

  constructor(options: LogOpenerOptions) {
    this.#options = options;
  }

  /** The process is no more; its logs stay. */
  forget(id: ProcessId): void {
    for (const known of Object.values(this.#known)) known.delete(id);
  }

  /** The file of a channel's log, `null` when it has none. An AUTO log may have to be created yet. */
  path(id: ProcessId, process: ProcessConfig, channel: Channel): string | null {
    const { log } = process.launch[channel];
    if (!isLogged(process, channel)) return null;
    if (log.kind === "auto") return this.#autoLog(id, process, channel).path;
    return log.kind === "file" ? log.path : null;
  }

  /** The same for somebody who reads the file: an AUTO log is there, if it can be. */
  readablePath(id: ProcessId, process: ProcessConfig, channel: Channel): string | null {
    if (isLogged(process, channel) && process.launch[channel].log.kind === "auto") {
      try {
        return this.#autoLog(id, process, channel).create();
      } catch (error) {
        this.#options.activity.log("warn", `cannot create the ${channel} log of '${process.name}': ${errorCode(error)}`);
      }
    }
    return this.path(id, process, channel);
  }

  /** Where in a channel's log begins what was written since a time, in seconds since 1970; 0 when nobody knows. */
  offsetSince(id: ProcessId, channel: Channel, time: number): number {
    return this.#known[channel].get(id)?.times.offsetSince(time) ?? 0;
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
    const { inherited, growth } = this.#options;
    const id = processId(process.group, process.name);
    const fileEvents = (): LogSinkEvents => ({
      ...events,
      times: this.#knownLog(id, channel).times,
      ...(growth === undefined ? {} : { growth }),
    });
    switch (log.kind) {
      case "none":
        return null;
      case "inherit":
        return new LineTarget(channel, inherited.writer(channel === "stdout" ? 1 : 2), events);
      case "file":
        return openLog({ path: log.path, maxBytes, backups, mode: 0o666 }, inherited, fileEvents());
      case "auto": {
        const file = this.#autoLog(id, process, channel);
        return new RotatingFile(file, { maxBytes, backups }, AUTO_LOG_MODE, fileEvents());
      }
      default:
        return unreachable(log);
    }
  }

  #autoLog(id: ProcessId, { name }: ProcessConfig, channel: Channel): AutoLog {
    const known = this.#knownLog(id, channel);
    const { childLogDir, identifier } = this.#options;
    known.auto ??= new AutoLog({ folder: childLogDir, name, channel, identifier });
    return known.auto;
  }

  #knownLog(id: ProcessId, channel: Channel): KnownLog {
    const before = this.#known[channel].get(id);
    if (before !== undefined) return before;
    const known = { auto: null, times: new TimeIndex() };
    this.#known[channel].set(id, known);
    return known;
  }
}

/** A stderr that goes where stdout goes has no log. */
function isLogged({ launch }: ProcessConfig, channel: Channel): boolean {
  return channel === "stdout" || !launch.redirectStderr;
}

import { AUTO_LOG_MODE, createAutoLog } from "../logs/auto-log.ts";
import { LineTarget } from "../logs/line-target.ts";
import type { LogSink, LogSinkEvents } from "../logs/log-sink.ts";
import { openLog } from "../logs/open-log.ts";
import { AnsiStripper } from "../logs/strip-ansi.ts";
import { SyslogLines, type SyslogTarget } from "../logs/syslog-lines.ts";
import type { ProcessConfig } from "../model/config.ts";
import { type ProcessId, processId } from "../model/namespec.ts";
import { unreachable } from "../model/unreachable.ts";
import { errorCode } from "../os/error-code.ts";
import type { InheritedOutput } from "../os/inherited-output.ts";
import { type Channel, ChildLog, type DebugLog, type OutputFilter } from "./child-log.ts";

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
  /** Makes the filter of a stream whose output carries more than text; `null` for an ordinary one. */
  readonly filterOutput?: (process: ProcessConfig, channel: Channel) => OutputFilter | null;
  /** Hears of all output, once it is logged. The bytes are valid during the call only. */
  readonly onOutput?: (process: ProcessConfig, channel: Channel, bytes: Buffer) => void;
}

/** Knows how the logs of all processes are made, and where the AUTO ones are. */
export class LogOpener {
  readonly #options: LogOpenerOptions;
  /** By process and channel. */
  readonly #autoPaths = new Map<string, string>();

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
    this.#autoPaths.delete(autoKey(id, "stdout"));
    this.#autoPaths.delete(autoKey(id, "stderr"));
  }

  /** The file of a channel's log, `null` when it has none. */
  path(process: ProcessConfig, channel: Channel): string | null {
    const { log } = process.launch[channel];
    if (!isLogged(process, channel)) return null;
    if (log.kind === "auto") return this.#autoPaths.get(autoKey(processId(process.group, process.name), channel)) ?? null;
    return log.kind === "file" ? log.path : null;
  }

  /** @throws the system's error when the log cannot be opened. */
  open(process: ProcessConfig, channel: Channel, events: Pick<LogSinkEvents, "onReady">): ChildLog {
    const { filterOutput, onOutput, stripAnsi, syslog, activity } = this.#options;
    return new ChildLog({
      process,
      channel,
      activity,
      filter: filterOutput?.(process, channel) ?? null,
      stripper: stripAnsi ? new AnsiStripper() : null,
      sink: this.#openSink(process, channel, { ...events, report: (level, message) => activity.log(level, message) }),
      syslog: process.launch[channel].syslog ? new SyslogLines(syslog, process.name) : null,
      onOutput: onOutput === undefined ? null : (bytes) => onOutput(process, channel, bytes),
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
        return openLog({ path: log.path, maxBytes, backups, mode: 0o666 }, inherited, events);
      case "auto": {
        const path = this.path(process, channel) ?? this.#createAuto(process, channel);
        return openLog({ path, maxBytes, backups, mode: AUTO_LOG_MODE }, inherited, events);
      }
      default:
        return unreachable(log);
    }
  }

  #createAuto(process: ProcessConfig, channel: Channel): string {
    const { childLogDir, identifier } = this.#options;
    const path = createAutoLog(childLogDir, process.name, channel, identifier);
    this.#autoPaths.set(autoKey(processId(process.group, process.name), channel), path);
    return path;
  }
}

/** A stderr that goes where stdout goes has no log. */
function isLogged({ launch }: ProcessConfig, channel: Channel): boolean {
  return channel === "stdout" || !launch.redirectStderr;
}

function autoKey(id: ProcessId, channel: Channel): string {
  return `${channel} ${id}`;
}

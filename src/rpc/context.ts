import type { ProcessConfig } from "../model/config.ts";
import type { Result } from "../model/fault.ts";
import type { ProcessId } from "../model/namespec.ts";
import type { GroupUpdate } from "../model/request.ts";
import type { SupervisorControl } from "../runtime/control.ts";

/** What the methods need of the daemon. */
export interface RpcContext {
  readonly supervisor: SupervisorControl;
  readonly output: ProcessOutput;
  readonly activityLog: ReadableLog;
  readonly configuration: Configuration;
  readonly events: EventSink;
  readonly usage: ProcessUsage;
  readonly daemon: { readonly pid: number; readonly version: string; readonly identifier: string };
}

export type Channel = "stdout" | "stderr";

export interface ProcessOutput {
  /** The path of the channel's log file, AUTO names resolved; `null` when there is none. */
  logPath(id: ProcessId, channel: Channel): string | null;
  /** Deletes and reopens the current log files of a process that has them open; FAILED on a system error. */
  clearLogs(id: ProcessId): Result<true>;
  /** Queues bytes for the child's stdin. NOT_RUNNING without a child, NO_FILE when it closed its stdin. */
  writeStdin(id: ProcessId, bytes: Buffer): Result<true>;
}

export interface ReadableLog {
  /** `null` when the log is no readable file; `description` then says what it is (`syslog`), or is empty. */
  readonly path: string | null;
  readonly description: string;
  /** Deletes the file and starts it anew. NO_FILE, FAILED. */
  clear(): Result<true>;
}

/** What processes use of the machine; measured when somebody asks. */
export interface ProcessUsage {
  /** Of each child with everything that came of it, by pid; a child that is gone is left out. */
  measure(pids: readonly number[]): ReadonlyMap<number, TreeUsage>;
}

export interface TreeUsage {
  readonly cpuSeconds: number;
  /** Resident bytes. */
  readonly memoryBytes: number;
  /** How many processes there are. */
  readonly processes: number;
}

interface EventSink {
  /** Publishes a REMOTE_COMMUNICATION event; both texts are used verbatim. */
  remoteCommunication(type: string, data: string): void;
}

export interface Configuration {
  /** Parses the files again and compares them with the active groups; changes nothing. CANT_REREAD. */
  reread(): Result<ConfigDifference>;
  /** Every process of the configuration parsed last, in config order, with its group's priority. */
  processes(): readonly { readonly process: ProcessConfig; readonly groupPriority: number }[];
  /** The most recently parsed group of that name is made active. BAD_NAME, ALREADY_ADDED. */
  addGroup(name: string): Result<true>;
  /** Parses the files again and makes the difference real, touching only what differs. CANT_REREAD, BAD_NAME. */
  update(only: readonly string[] | null): Promise<Result<readonly GroupUpdate[]>>;
}

/** Group names: added and changed in config order, removed in active order. */
export interface ConfigDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

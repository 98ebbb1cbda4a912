import type { Environment, ProcessConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ProcessStateEvent } from "../model/event.ts";
import type { Result } from "../model/fault.ts";
import type { ProcessId } from "../model/namespec.ts";
import type { GroupUpdate, PlannedAction } from "../model/request.ts";
import type { TreeUsage } from "../model/tree-usage.ts";
import type { SupervisorControl } from "../runtime/control.ts";

/** What the methods need of the daemon. */
export interface RpcContext {
  readonly supervisor: SupervisorControl;
  readonly output: ProcessOutput;
  readonly activityLog: ReadableLog;
  readonly configuration: Configuration;
  readonly events: EventSink;
  readonly usage: ProcessUsage;
  /** The last changes of state of a process, the oldest first; `at` is in seconds since 1970. */
  history(id: ProcessId): readonly (ProcessStateEvent & { readonly at: number })[];
  readonly daemon: { readonly pid: number; readonly version: string; readonly identifier: string };
}

export type Channel = "stdout" | "stderr";

export interface ProcessOutput {
  /** The path of the channel's log file, AUTO names resolved; `null` when there is none. */
  logPath(id: ProcessId, channel: Channel): string | null;
  /** The same for somebody who is about to read it: an AUTO log that nothing was written to yet is created. */
  readableLogPath(id: ProcessId, channel: Channel): string | null;
  /** Where in a channel's log begins what was written since a time, in seconds since 1970; 0 when nobody knows. */
  logOffsetSince(id: ProcessId, channel: Channel, time: number): number;
  /** Deletes and reopens the current log files of a process that has them open; FAILED on a system error. */
  clearLogs(id: ProcessId): Result<true>;
  /** What the next child of a process finds in its environment, and what the present one found; `null` where nobody knows. */
  environments(id: ProcessId): { readonly next: Environment; readonly running: Environment | null } | null;
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
  /** What `update` would do, if the main file held `text`; `null` for what it holds. Nothing is changed. BAD_NAME. */
  plan(only: readonly string[] | null, text: string | null): Result<UpdatePlan>;
  /** The options of a process as the file's dialect calls them, secrets masked. */
  describe(process: ProcessConfig): readonly { readonly name: string; readonly value: string }[];
  /** The main file as it is. FAILED. */
  text(): Result<ConfigText>;
  /** Replaces the main file and applies it. CANT_REREAD, or FAILED with the reason. */
  upload(text: string, digest: string | null): Promise<Result<UploadOutcome>>;
  /**
   * The processes of a program run as this user from their next start on, until the file names another; `null` for the one of the file.
   * BAD_NAME, FAILED.
   */
  setUser(program: string, user: string | null): Result<UserChange>;
  /** Gives a program this many processes, until the file says another number. BAD_NAME, FAILED, CANT_REREAD. */
  scale(program: string, count: number): Promise<Result<ScaleOutcome>>;
  /** Parses the files again and makes the difference real, touching only what differs. CANT_REREAD, BAD_NAME. */
  update(only: readonly string[] | null): Promise<Result<readonly GroupUpdate[]>>;
}

export interface ConfigText {
  readonly path: string;
  readonly dialect: "yaml" | "ini";
  readonly text: string;
  /** Tells whether two texts are the same. */
  readonly digest: string;
}

export interface UploadOutcome {
  readonly path: string;
  readonly backup: string;
  readonly updates: readonly GroupUpdate[];
}

/** Names of users; empty for that of the daemon. */
export interface UserChange {
  readonly user: string;
  readonly before: string;
}

export interface ScaleOutcome {
  readonly processes: number;
  readonly before: number;
  readonly added: readonly ProcessId[];
  readonly removed: readonly ProcessId[];
}

export interface UpdatePlan {
  readonly valid: boolean;
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  readonly path: string;
  /** Of the text that was judged. */
  readonly digest: string;
  /** Options that only a new start of the daemon takes over. */
  readonly daemon: readonly string[];
  /** Groups in which something happens. */
  readonly groups: readonly GroupPlan[];
}

export interface GroupPlan {
  readonly group: string;
  readonly processes: readonly ProcessPlan[];
}

export interface ProcessPlan {
  readonly name: string;
  readonly action: PlannedAction;
  readonly options: readonly ChangedOption[];
}

export interface ChangedOption {
  readonly option: string;
  readonly before: string;
  readonly after: string;
}

/** Group names: added and changed in config order, removed in active order. */
export interface ConfigDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

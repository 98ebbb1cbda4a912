import { FAULT_CODES } from "../src/model/fault.ts";
import { callDaemon, type Parameter } from "./connection.ts";
import { type Decode, flag, integer, listOf, maybe, orZero, recordOf, text, wordOf } from "./decode.ts";
import { failed, faultCode, type Reply } from "./reply.ts";
import type { ServerAccess } from "./server-access.ts";

/** A process as `getProcessInfo` tells of it; the members that this client prints. */
export interface ProcessInfo {
  readonly name: string;
  readonly group: string;
  readonly pid: number;
  readonly statename: string;
  readonly description: string;
}

/** A process as `taskmaster.getProcesses` tells of it; times are seconds since 1970. */
export interface ProcessFacts extends ProcessInfo {
  readonly start: number;
  readonly stop: number;
  readonly now: number;
  /** `null` from a daemon that does not know. */
  readonly restarts: number | null;
  readonly has_exited: boolean | null;
  readonly exit_code: number | null;
  readonly exit_signal: string | null;
  readonly exit_expected: boolean | null;
  readonly cpu_seconds: number | null;
  readonly memory_kib: number | null;
  readonly processes: number | null;
}

/** One entry of `getAllConfigInfo`. */
export interface ConfigInfo {
  readonly name: string;
  readonly group: string;
  readonly inuse: boolean;
  readonly autostart: boolean;
  readonly group_prio: number;
  readonly process_prio: number;
}

/** What became of one process of a group: a code of the fault table, SUCCESS included. */
export interface ProcessResult {
  readonly name: string;
  readonly group: string;
  readonly status: number;
  readonly description: string;
}

/** Group names as `reloadConfig` answers them. */
export interface ConfigChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What `taskmaster.update` did to one group; `stopped` counts the processes that were stopped for it. */
export interface GroupUpdate {
  readonly group: string;
  readonly change: "added" | "changed" | "removed";
  readonly stopped: number;
}

const processInfo = recordOf<ProcessInfo>({ name: text, group: text, pid: integer, statename: text, description: text });
const processFacts = recordOf<ProcessFacts>({
  name: text,
  group: text,
  pid: integer,
  statename: text,
  description: text,
  start: orZero,
  stop: orZero,
  now: orZero,
  restarts: maybe(integer),
  has_exited: maybe(flag),
  exit_code: maybe(integer),
  exit_signal: maybe(text),
  exit_expected: maybe(flag),
  cpu_seconds: maybe(integer),
  memory_kib: maybe(integer),
  processes: maybe(integer),
});
const processResults = listOf(recordOf<ProcessResult>({ name: text, group: text, status: integer, description: text }));
const configInfo = recordOf<ConfigInfo>({
  name: text,
  group: text,
  inuse: flag,
  autostart: flag,
  group_prio: integer,
  process_prio: integer,
});
const groupUpdate = recordOf<GroupUpdate>({ group: text, change: wordOf("added", "changed", "removed"), stopped: integer });

/** What `taskmaster.plan` tells. */
export interface UpdatePlan {
  readonly valid: boolean;
  readonly path: string;
  readonly digest: string;
  readonly errors: readonly PlacedMessage[];
  readonly warnings: readonly PlacedMessage[];
  readonly daemon: readonly string[];
  readonly groups: readonly {
    readonly group: string;
    readonly processes: readonly { readonly name: string; readonly action: string; readonly options: readonly ChangedOption[] }[];
  }[];
}

/** `line` and `column` are 0 where there is none. */
export interface PlacedMessage {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface ChangedOption {
  readonly option: string;
  readonly before: string;
  readonly after: string;
}

export interface ConfigText {
  readonly path: string;
  readonly dialect: string;
  readonly text: string;
  readonly digest: string;
}

export interface UploadOutcome {
  readonly path: string;
  readonly backup: string;
  readonly updates: readonly GroupUpdate[];
}

const placedMessages = listOf(recordOf<PlacedMessage>({ file: text, line: integer, column: integer, message: text }));
const updatePlan = recordOf<UpdatePlan>({
  valid: flag,
  path: text,
  digest: text,
  errors: placedMessages,
  warnings: placedMessages,
  daemon: listOf(text),
  groups: listOf(
    recordOf<UpdatePlan["groups"][number]>({
      group: text,
      processes: listOf(
        recordOf<UpdatePlan["groups"][number]["processes"][number]>({
          name: text,
          action: text,
          options: listOf(recordOf<ChangedOption>({ option: text, before: text, after: text })),
        }),
      ),
    }),
  ),
});
const configText = recordOf<ConfigText>({ path: text, dialect: text, text, digest: text });
const uploadOutcome = recordOf<UploadOutcome>({ path: text, backup: text, updates: listOf(groupUpdate) });

const configChanges: Decode<ConfigChanges> = (value) => {
  const [added, changed, removed] = listOf(listOf(listOf(text)))(value)?.[0] ?? [];
  return added && changed && removed ? { added, changed, removed } : undefined;
};

/** The daemon's methods as typed calls. Nothing waits longer than the daemon does: a start answers when the process is up. */
export class Supervisor {
  readonly #access: ServerAccess;

  constructor(access: ServerAccess) {
    this.#access = access;
  }

  /** The deprecated alias of `getAPIVersion`, which every daemon of this family knows. */
  getVersion = () => this.#call(text, "supervisor.getVersion");
  getSupervisorVersion = () => this.#call(text, "supervisor.getSupervisorVersion");
  getPid = () => this.#call(integer, "supervisor.getPID");
  shutdown = () => this.#call(flag, "supervisor.shutdown");
  restart = () => this.#call(flag, "supervisor.restart");
  readLog = (offset: number, length: number) => this.#call(text, "supervisor.readLog", offset, length);

  reloadConfig = () => this.#call(configChanges, "supervisor.reloadConfig");
  addProcessGroup = (name: string) => this.#call(flag, "supervisor.addProcessGroup", name);
  removeProcessGroup = (name: string) => this.#call(flag, "supervisor.removeProcessGroup", name);
  /** Our own extension. @param groups - names; none for all. */
  update = (groups: readonly string[]) =>
    this.#call(listOf(groupUpdate), "taskmaster.update", ...(groups.length ? [groups] : []));

  /** Our own extensions. @param groups - names; none for all. @param candidate - what the main file would hold; `null` for what it does. */
  plan = (groups: readonly string[], candidate: string | null) =>
    this.#call(updatePlan, "taskmaster.plan", groups, ...(candidate === null ? [] : [candidate]));
  getConfiguration = () => this.#call(configText, "taskmaster.getConfiguration");
  upload = (candidate: string, digest: string) => this.#call(uploadOutcome, "taskmaster.upload", candidate, digest);

  getAllConfigInfo = () => this.#call(listOf(configInfo), "supervisor.getAllConfigInfo");
  getAllProcessInfo = () => this.#call(listOf(processInfo), "supervisor.getAllProcessInfo");
  /** All that the daemon knows of its processes, and what they use; less of it from supervisord. */
  async getProcesses(): Promise<Reply<readonly ProcessFacts[]>> {
    const facts = listOf(processFacts);
    const reply = await this.#call(facts, "taskmaster.getProcesses", [], true);
    return faultCode(reply) === FAULT_CODES.UNKNOWN_METHOD ? this.getAllProcessFacts() : reply;
  }
  /** The same of what every daemon of this family tells. */
  getAllProcessFacts = () => this.#call(listOf(processFacts), "supervisor.getAllProcessInfo");
  getProcessInfo = (name: string) => this.#call(processInfo, "supervisor.getProcessInfo", name);

  startProcess = (name: string) => this.#call(flag, "supervisor.startProcess", name);
  startProcessGroup = (name: string) => this.#call(processResults, "supervisor.startProcessGroup", name);
  startAllProcesses = () => this.#call(processResults, "supervisor.startAllProcesses");
  stopProcess = (name: string) => this.#call(flag, "supervisor.stopProcess", name);
  stopProcessGroup = (name: string) => this.#call(processResults, "supervisor.stopProcessGroup", name);
  stopAllProcesses = () => this.#call(processResults, "supervisor.stopAllProcesses");
  signalProcess = (name: string, signal: string) => this.#call(flag, "supervisor.signalProcess", name, signal);
  signalProcessGroup = (name: string, signal: string) =>
    this.#call(processResults, "supervisor.signalProcessGroup", name, signal);
  signalAllProcesses = (signal: string) => this.#call(processResults, "supervisor.signalAllProcesses", signal);

  readProcessStdoutLog = (name: string, offset: number, length: number) =>
    this.#call(text, "supervisor.readProcessStdoutLog", name, offset, length);
  readProcessStderrLog = (name: string, offset: number, length: number) =>
    this.#call(text, "supervisor.readProcessStderrLog", name, offset, length);
  clearProcessLogs = (name: string) => this.#call(flag, "supervisor.clearProcessLogs", name);
  clearAllProcessLogs = () => this.#call(processResults, "supervisor.clearAllProcessLogs");
  sendProcessStdin = (name: string, chars: string) => this.#call(flag, "supervisor.sendProcessStdin", name, chars);

  async #call<Value>(decode: Decode<Value>, method: string, ...parameters: readonly Parameter[]): Promise<Reply<Value>> {
    const reply = await callDaemon(this.#access, method, parameters);
    if (!reply.ok) return reply;
    const value = decode(reply.value);
    return value === undefined ? failed(`unexpected answer to ${method}`) : { ok: true, value };
  }
}

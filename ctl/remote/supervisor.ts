import { FAULT_CODES } from "../../src/model/fault.ts";
import {
  configChanges,
  configInfo,
  configText,
  groupUpdate,
  type ProcessFacts,
  processEnvironment,
  processFacts,
  processInfo,
  processResults,
  scaleOutcome,
  updatePlan,
  uploadOutcome,
  userChange,
} from "./answers.ts";
import { callDaemon, type Parameter } from "./connection.ts";
import { type Decode, flag, integer, listOf, text } from "./decode.ts";
import { failed, faultCode, type Reply } from "./reply.ts";
import type { ServerAccess } from "./server-access.ts";

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

  setUser = (program: string, user: string) => this.#call(userChange, "taskmaster.setUser", program, user);
  scale = (program: string, count: number) => this.#call(scaleOutcome, "taskmaster.scale", program, count);
  getProcessEnvironment = (name: string) => this.#call(processEnvironment, "taskmaster.getProcessEnvironment", name);

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

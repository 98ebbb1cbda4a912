import { FAULT_CODES } from "../src/model/fault.ts";
import { formatNamespec, parseNamespec } from "../src/model/namespec.ts";
import { exitStatusOfFault, lastFailure } from "./exit-status.ts";
import { type Outcome, outcomeLine, type Vocabulary } from "./render/process-result.ts";
import { visible } from "./render/visible.ts";
import { done, type Ending, failed, faultCode, type Reply } from "./reply.ts";
import type { ProcessResult } from "./supervisor.ts";
import type { Terminal } from "./terminal.ts";

/** What a command does to the processes that it is given: the call for each way to name them, and its words. */
export interface ProcessAction {
  readonly vocabulary: Vocabulary;
  /** A refusal that is printed but is no failure. */
  readonly ignoredFault: number | null;
  /** For `group:*`: the call, and the exit status for a group that does not exist; `null` where the command takes no groups. */
  readonly group: { call(name: string): Promise<Reply<readonly ProcessResult[]>>; readonly unknownStatus: number } | null;
  all(): Promise<Reply<readonly ProcessResult[]>>;
  process(name: string): Promise<Reply<unknown>>;
}

/** Runs the action on each name in turn, or on all processes when one of the names is `all`, and prints what became of them. */
export async function actOnProcesses(names: readonly string[], action: ProcessAction, terminal: Terminal): Promise<Ending> {
  if (names.includes("all")) return printAll(await action.all(), action, terminal);
  let status = 0;
  for (const name of names) {
    const ending = await actOnName(name, action, terminal);
    if (!ending.ok) return ending;
    status = lastFailure(status, ending.value);
  }
  return done(status);
}

async function actOnName(name: string, action: ProcessAction, terminal: Terminal): Promise<Ending> {
  const { group, process } = parseNamespec(name);
  if (process === null && action.group !== null) {
    const results = await action.group.call(group);
    if (faultCode(results) !== FAULT_CODES.BAD_NAME) return printAll(results, action, terminal);
    terminal.line(`${visible(group)}: ERROR (no such group)`);
    return done(action.group.unknownStatus);
  }
  const reply = await action.process(name);
  if (reply.ok) return print({ group, process, status: FAULT_CODES.SUCCESS, description: "OK" }, action, terminal);
  if (reply.failure.kind !== "fault") return reply;
  return print({ group, process, status: reply.failure.code, description: reply.failure.text }, action, terminal);
}

function printAll(results: Reply<readonly ProcessResult[]>, action: ProcessAction, terminal: Terminal): Ending {
  if (!results.ok) return results;
  let status = 0;
  for (const { name, ...result } of results.value) {
    const ending = print({ ...result, process: name }, action, terminal);
    if (!ending.ok) return ending;
    status = lastFailure(status, ending.value);
  }
  return done(status);
}

function print(outcome: Outcome, action: ProcessAction, terminal: Terminal): Ending {
  const line = outcomeLine(outcome, action.vocabulary);
  if (line === null) {
    return failed(`Unknown result code ${outcome.status} for ${formatNamespec(outcome.group, outcome.process ?? "None")}`);
  }
  terminal.line(line);
  return done(exitStatusOfFault(outcome.status, action.ignoredFault));
}

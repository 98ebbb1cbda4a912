import { FAULT_CODES } from "../src/model/fault.ts";
import { formatNamespec, parseNamespec } from "../src/model/namespec.ts";
import { EXIT, exitStatusOfFault, lastFailure } from "./line/exit-status.ts";
import type { ProcessResult } from "./remote/answers.ts";
import { done, type Ending, failed, faultCode, type Reply } from "./remote/reply.ts";
import { type Outcome, outcomeLine, type Vocabulary } from "./render/process-result.ts";
import { visible } from "./render/visible.ts";
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
  const outcomes: object[] = [];
  const status = await actOnAll(names, action, (outcome, line) => {
    terminal.line(line);
    outcomes.push(outcomeData(outcome));
  });
  return status.ok ? done(status.value, outcomes) : status;
}

/** Takes what became of one process, and the line that says so. */
type Report = (outcome: Outcome, line: string) => void;

async function actOnAll(names: readonly string[], action: ProcessAction, report: Report): Promise<Reply<number>> {
  if (names.includes("all")) return reportAll(await action.all(), action, report);
  let status: number = EXIT.success;
  for (const name of names) {
    const ending = await actOnName(name, action, report);
    if (!ending.ok) return ending;
    status = lastFailure(status, ending.value);
  }
  return done(status);
}

async function actOnName(name: string, action: ProcessAction, report: Report): Promise<Reply<number>> {
  const { group, process } = parseNamespec(name);
  if (process === null && action.group !== null) {
    const results = await action.group.call(group);
    if (faultCode(results) !== FAULT_CODES.BAD_NAME) return reportAll(results, action, report);
    const description = `BAD_NAME: ${group}`;
    report({ group, process, status: FAULT_CODES.BAD_NAME, description }, `${visible(group)}: ERROR (no such group)`);
    return done(action.group.unknownStatus);
  }
  const reply = await action.process(name);
  if (reply.ok) return reportOne({ group, process, status: FAULT_CODES.SUCCESS, description: "OK" }, action, report);
  if (reply.failure.kind !== "fault") return reply;
  return reportOne({ group, process, status: reply.failure.code, description: reply.failure.text }, action, report);
}

function reportAll(results: Reply<readonly ProcessResult[]>, action: ProcessAction, report: Report): Reply<number> {
  if (!results.ok) return results;
  let status: number = EXIT.success;
  for (const { name, ...result } of results.value) {
    const ending = reportOne({ ...result, process: name }, action, report);
    if (!ending.ok) return ending;
    status = lastFailure(status, ending.value);
  }
  return done(status);
}

function reportOne(outcome: Outcome, action: ProcessAction, report: Report): Reply<number> {
  const line = outcomeLine(outcome, action.vocabulary);
  if (line === null) {
    return failed(`Unknown result code ${outcome.status} for ${formatNamespec(outcome.group, outcome.process ?? "None")}`);
  }
  report(outcome, line);
  return done(exitStatusOfFault(outcome.status, action.ignoredFault));
}

function outcomeData({ group, process, status, description }: Outcome): object {
  return { group, name: process, result: status === FAULT_CODES.SUCCESS ? "OK" : description };
}

import { FAULT_CODES, type Fault, fail, faultText, type Result, succeed } from "../model/fault.ts";
import { formatNamespec } from "../model/namespec.ts";
import type { ProcessOutcome, Target } from "../model/request.ts";
import type { RpcStruct, RpcValue } from "./value.ts";

/**
 * The answer to a request: true or the fault for one process, an array of structs for several.
 * @param name - the process as the client named it.
 */
export function answerOutcomes(target: Target, outcomes: readonly ProcessOutcome[], name: string): Result<RpcValue> {
  if (target.kind !== "process") return succeed(outcomeStructs(outcomes));
  const [outcome] = outcomes;
  // Nothing was done about a process that is no longer there.
  return outcome === undefined ? fail("BAD_NAME", name) : naming(outcome.result, name);
}

export function outcomeStructs(outcomes: readonly ProcessOutcome[]): readonly RpcStruct[] {
  return outcomes.map(outcomeStruct);
}

/** Puts the name that the client used into a fault that carries a name, unless it has a text of its own. */
export function naming<Value>(result: Result<Value>, name: string): Result<Value> {
  if (result.ok || result.fault.detail !== undefined || !NAMED_FAULTS.has(result.fault.name)) return result;
  return fail(result.fault.name, name);
}

const NAMED_FAULTS: ReadonlySet<Fault["name"]> = new Set([
  "BAD_NAME",
  "ABNORMAL_TERMINATION",
  "SPAWN_ERROR",
  "ALREADY_STARTED",
  "NOT_RUNNING",
  "ALREADY_ADDED",
  "STILL_RUNNING",
]);

function outcomeStruct(outcome: ProcessOutcome): RpcStruct {
  const { group, process } = outcome;
  const result = naming(outcome.result, formatNamespec(group, process));
  return {
    name: process,
    group,
    status: result.ok ? FAULT_CODES.SUCCESS : FAULT_CODES[result.fault.name],
    description: result.ok ? "OK" : faultText(result.fault),
  };
}

import { setImmediate as nextTurn } from "node:timers/promises";
import { fail, type Result, succeed } from "../../model/fault.ts";
import type { RpcContext } from "../context.ts";
import { dispatch } from "../dispatch.ts";
import { defineMethod, type MethodTable } from "../method.ts";
import { arrayParameter } from "../parameter.ts";
import { isArray, isStruct, type RpcStruct, type RpcValue } from "../value.ts";
import { faultStruct } from "../xml/encode.ts";

const NAME = "system.multicall";

/** Once the results have about so many characters no further call is made: a small request could ask for one log a thousand times. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** Milliseconds that calls may take before everything else has its turn. */
const TURN_MILLIS = 20;

export const multicallMethod = defineMethod({
  name: NAME,
  gated: false,
  help:
    "Makes several calls, one after the other. Each is a struct of string methodName and array params, which may be left out. A call " +
    "that waits holds up those after it. A fault of one call does not keep the others from being made; once the results are very " +
    "large, the calls that are left get fault FAILED and are not made.",
  parameters: [arrayParameter("calls", "the calls")],
  result: { type: "array", text: "for each call its bare result, or a struct of int faultCode and string faultString" },
  async run(context, [calls], methods) {
    // Refused as a whole before anything is done.
    if (!calls.every(isStruct)) return fail("INCORRECT_PARAMETERS");
    const results: RpcValue[] = [];
    let characters = 0;
    let turnBegan = performance.now();
    for (const call of calls) {
      const result = characters < MOST_CHARACTERS ? await settle(context, call, methods) : TOO_LARGE;
      const value = result.ok ? result.value : faultStruct(result.fault);
      characters += countCharacters(value);
      results.push(value);
      if (performance.now() - turnBegan < TURN_MILLIS) continue;
      await nextTurn();
      turnBegan = performance.now();
    }
    return succeed(results);
  },
});

const TOO_LARGE = fail("FAILED", "the results of the calls before are too large");

/** About how many characters a value takes in an answer; its tags are counted roughly. */
function countCharacters(value: RpcValue): number {
  if (typeof value === "string") return TAG_CHARACTERS + value.length;
  if (typeof value !== "object" || value === null || value instanceof Date) return TAG_CHARACTERS;
  return Object.values(value).reduce((sum: number, each) => sum + countCharacters(each), TAG_CHARACTERS);
}

const TAG_CHARACTERS = 50;

/** A call that throws is a defect of ours, but no reason to lose the results of the others. */
async function settle(context: RpcContext, call: RpcStruct, methods: MethodTable): Promise<Result<RpcValue>> {
  try {
    return await makeCall(context, call, methods);
  } catch (error) {
    return fail("FAILED", error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

async function makeCall(context: RpcContext, call: RpcStruct, methods: MethodTable): Promise<Result<RpcValue>> {
  const { methodName = null, params = [] } = call;
  if (methodName === null) return fail("INCORRECT_PARAMETERS", "No methodName");
  if (methodName === NAME) return fail("INCORRECT_PARAMETERS", `Recursive ${NAME} forbidden`);
  if (typeof methodName !== "string") return fail("UNKNOWN_METHOD");
  if (!isArray(params)) return fail("INCORRECT_PARAMETERS");
  return dispatch(methods, context, methodName, params);
}

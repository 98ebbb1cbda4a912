import { fail, type Result, succeed } from "../../model/fault.ts";
import type { RpcContext } from "../context.ts";
import { dispatch } from "../dispatch.ts";
import { defineMethod, type MethodTable } from "../method.ts";
import { arrayParameter } from "../parameter.ts";
import { isArray, isStruct, type RpcStruct, type RpcValue } from "../value.ts";
import { faultStruct } from "../xml/encode.ts";

const NAME = "system.multicall";

export const multicallMethod = defineMethod({
  name: NAME,
  gated: false,
  help:
    "Makes several calls, one after the other. Each is a struct of string methodName and array params, which may be left out. A call " +
    "that waits holds up those after it. A fault of one call does not keep the others from being made.",
  parameters: [arrayParameter("calls", "the calls")],
  result: { type: "array", text: "for each call its bare result, or a struct of int faultCode and string faultString" },
  async run(context, [calls], methods) {
    // Refused as a whole before anything is done.
    if (!calls.every(isStruct)) return fail("INCORRECT_PARAMETERS");
    const results: RpcValue[] = [];
    for (const call of calls) {
      const result = await settle(context, call, methods);
      results.push(result.ok ? result.value : faultStruct(result.fault));
    }
    return succeed(results);
  },
});

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

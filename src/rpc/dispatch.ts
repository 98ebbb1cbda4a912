import { fail, type Result } from "../model/fault.ts";
import { SUPERVISOR_STATE_CODES } from "../model/supervisor-state.ts";
import type { RpcContext } from "./context.ts";
import type { Method, MethodTable } from "./method.ts";
import type { RpcValue } from "./value.ts";

/**
 * Calls a method by name. The order of the checks is supervisord's: the name, the number of arguments, the shutdown gate, the types of
 * the arguments, and then whatever the method itself looks at.
 *
 * The method starts before this returns; only its answer may come later.
 */
export async function dispatch(
  methods: MethodTable,
  context: RpcContext,
  name: string,
  args: readonly RpcValue[],
): Promise<Result<RpcValue>> {
  const method = methods.get(name);
  if (method === undefined) return fail("UNKNOWN_METHOD");
  if (!takes(method, args.length)) return fail("INCORRECT_PARAMETERS");
  if (method.gated && isLeaving(context)) return fail("SHUTDOWN_STATE");
  return await method.invoke(context, args, methods);
}

function takes(method: Method, count: number): boolean {
  const required = method.parameters.filter((parameter) => !parameter.optional).length;
  return count >= required && count <= method.parameters.length;
}

function isLeaving(context: RpcContext): boolean {
  return SUPERVISOR_STATE_CODES[context.supervisor.state] < SUPERVISOR_STATE_CODES.RUNNING;
}

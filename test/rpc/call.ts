import { faultText, type Result } from "../../src/model/fault.ts";
import { dispatch } from "../../src/rpc/dispatch.ts";
import { methodTable } from "../../src/rpc/table.ts";
import type { RpcValue } from "../../src/rpc/value.ts";
import type { FakeDaemon } from "./fake-daemon.ts";

export const METHODS = methodTable({ supervisorInterface: true });

/** The result of a call, or the text of its fault. */
export async function call(daemon: FakeDaemon, method: string, ...args: RpcValue[]): Promise<RpcValue> {
  return textOrValue(await dispatch(METHODS, daemon, method, args));
}

export function textOrValue(result: Result<RpcValue>): RpcValue {
  return result.ok ? result.value : `fault ${faultText(result.fault)}`;
}

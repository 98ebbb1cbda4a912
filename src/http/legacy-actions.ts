import type { Request, Response } from "express";
import { faultText } from "../model/fault.ts";
import type { RpcContext } from "../rpc/context.ts";
import { dispatch } from "../rpc/dispatch.ts";
import type { MethodTable } from "../rpc/method.ts";
import { roleOf } from "./authentication.ts";
import { isSameOrigin } from "./origin-check.ts";
import { sendText } from "./plain-text.ts";
import { requestQuery } from "./request-path.ts";

/** The calls that an action of supervisord's page stands for, one after the other. @see supervisor/web.py StatusView */
const CALLS: Readonly<Record<string, (name: string) => readonly (readonly [method: string, ...args: readonly string[]])[]>> = {
  refresh: () => [],
  stopall: () => [["supervisor.stopAllProcesses"]],
  restartall: () => [["supervisor.stopAllProcesses"], ["supervisor.startAllProcesses"]],
  start: (name) => [["supervisor.startProcess", name]],
  stop: (name) => [["supervisor.stopProcess", name]],
  restart: (name) => [
    ["supervisor.stopProcess", name],
    ["supervisor.startProcess", name],
  ],
  clearlog: (name) => [["supervisor.clearProcessLogs", name]],
};

/**
 * Does what an address of supervisord's page says, for old scripts whose administrator has asked for it. A page of another site is
 * refused all the same.
 */
export async function doLegacyAction(
  request: Request,
  response: Response,
  { context, methods }: { readonly context: RpcContext; readonly methods: MethodTable },
): Promise<void> {
  const query = requestQuery(request);
  const [action, name] = [query.get("action") ?? "", query.get("processname") ?? ""];
  if (!isSameOrigin(request.headers)) return sendText(response, 403, "a page of another site may not do this");
  if (roleOf(request) === "view") return sendText(response, 403, "this login may look and change nothing");
  if (!Object.hasOwn(CALLS, action)) return sendText(response, 404, `there is no action ${action}`);
  let message = name === "" ? `${action} done` : `${name}: ${action} done`;
  for (const [method, ...args] of CALLS[action]?.(name) ?? []) {
    const result = await dispatch(methods, context, method, args);
    if (!result.ok) message = `${name || action}: ${faultText(result.fault)}`;
  }
  response.redirect(303, `./?message=${encodeURIComponent(message)}`);
}

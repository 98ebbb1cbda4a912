import type { IncomingMessage } from "node:http";
import { STATUS_CODES } from "node:http";
import type { CallFailure, Reply } from "./reply.ts";
import { failed } from "./reply.ts";
import { type DaemonTarget, daemonTarget, type ServerAccess } from "./server-access.ts";

export type Parameter = string | number | readonly string[];

/**
 * Calls one XML-RPC method of the daemon. Whatever goes wrong comes back as a value.
 *
 * This is the only place that knows the `xmlrpc` package, whose types promise less than it does: it calls back twice when a
 * connection breaks, throws on text that XML cannot carry, and reports an HTTP error as a broken document with the response attached.
 */
export async function callDaemon(
  access: ServerAccess,
  method: string,
  parameters: readonly Parameter[],
): Promise<Reply<unknown>> {
  const target = daemonTarget(access);
  if (target === null) return failed(`Unknown protocol for serverurl ${access.url}`);
  // Loaded with the first call: `help` and a mistyped option need none of it.
  const { default: xmlrpc } = await import("xmlrpc");
  return new Promise((resolve) => {
    const settle = (error: unknown, value: unknown) => {
      resolve(error ? { ok: false, failure: describeError(error) } : { ok: true, value });
    };
    try {
      const client = xmlrpc.createClient(clientOptions(target));
      client.methodCall(method, [...parameters], settle);
    } catch (error) {
      settle(error, undefined);
    }
  });
}

/** Its declared options lack what it hands through to `http.request`. */
function clientOptions(target: DaemonTarget): { path: string; headers: Record<string, string> } {
  return { ...target, path: "/RPC2", headers: { ...target.headers, Connection: "close" } };
}

function describeError(error: unknown): CallFailure {
  const { faultCode, faultString, code, res, message } = error as XmlRpcError;
  if (typeof faultCode === "number") return { kind: "fault", code: faultCode, text: String(faultString) };
  if (res?.statusCode !== undefined && res.statusCode !== 200) return httpFailure(res);
  if (code === "ECONNREFUSED") return { kind: "refused" };
  if (code === "ENOENT") return { kind: "missing" };
  return { kind: "other", message: message ?? String(error) };
}

interface XmlRpcError {
  readonly faultCode?: unknown;
  readonly faultString?: unknown;
  readonly code?: unknown;
  readonly message?: string;
  readonly res?: IncomingMessage;
}

function httpFailure({ statusCode = 0, statusMessage }: IncomingMessage): CallFailure {
  return { kind: "http", status: statusCode, reason: statusMessage || (STATUS_CODES[statusCode] ?? "") };
}

import { type IncomingMessage, request, STATUS_CODES } from "node:http";
import { type CallFailure, failed, type Reply } from "./reply.ts";
import { type DaemonTarget, daemonTarget, type ServerAccess } from "./server-access.ts";

export type Parameter = string | number | boolean | readonly string[];

/**
 * Calls one method of the daemon. Whatever goes wrong comes back as a value.
 *
 * The call is written in XML, which every daemon of this family reads. taskmasterd answers in JSON when it is asked for that; the package
 * that reads XML is loaded only for a daemon that answers in XML.
 */
export async function callDaemon(
  access: ServerAccess,
  method: string,
  parameters: readonly Parameter[],
): Promise<Reply<unknown>> {
  const target = daemonTarget(access);
  if (target === null) return failed(`Unknown protocol for serverurl ${access.url}`);
  const { encodeCall } = await import("./encode-call.ts");
  const answer = await post(target, encodeCall(method, parameters));
  if (!answer.ok) return answer;
  const { headers, body } = answer.value;
  if (headers["content-type"]?.startsWith("application/json")) return readJson(body);
  const { readXmlAnswer } = await import("./xml-answer.ts");
  return await readXmlAnswer(body);
}

interface HttpAnswer {
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

function post(target: DaemonTarget, body: string): Promise<Reply<HttpAnswer>> {
  const headers = {
    ...target.headers,
    "Content-Type": "text/xml",
    "Content-Length": Buffer.byteLength(body),
    Accept: "application/json, text/xml",
    Connection: "close",
  };
  return new Promise((resolve) => {
    const call = request({ ...target, method: "POST", path: "/RPC2", headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", (error) => resolve({ ok: false, failure: connectionFailure(error) }));
      response.on("end", () => {
        if (response.statusCode === 200) resolve({ ok: true, value: { headers: response.headers, body: Buffer.concat(pieces) } });
        else resolve({ ok: false, failure: httpFailure(response) });
      });
    });
    call.on("error", (error) => resolve({ ok: false, failure: connectionFailure(error) }));
    call.end(body);
  });
}

/** What kept a request from being answered. */
export function connectionFailure({ code, message }: NodeJS.ErrnoException): CallFailure {
  if (code === "ECONNREFUSED") return { kind: "refused" };
  if (code === "ENOENT") return { kind: "missing" };
  return { kind: "other", message };
}

function httpFailure({ statusCode = 0, statusMessage }: IncomingMessage): CallFailure {
  return { kind: "http", status: statusCode, reason: statusMessage || (STATUS_CODES[statusCode] ?? "") };
}

function readJson(body: Buffer): Reply<unknown> {
  try {
    const answer: unknown = JSON.parse(body.toString("utf8"));
    const { result, fault } = answer as { result?: unknown; fault?: { code: number; text: string } };
    if (result !== undefined) return { ok: true, value: result };
    if (typeof fault?.code === "number")
      return { ok: false, failure: { kind: "fault", code: fault.code, text: String(fault.text) } };
  } catch {
    // Said below: it is no answer at all.
  }
  return failed("the daemon's answer makes no sense");
}

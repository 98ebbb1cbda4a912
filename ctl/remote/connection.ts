import { post } from "./http-post.ts";
import { failed, type Reply } from "./reply.ts";
import { daemonTarget, type ServerAccess } from "./server-access.ts";

export type Parameter = string | number | boolean | readonly string[];

const HEADERS = { "Content-Type": "text/xml", Accept: "application/json, text/xml" };

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
  const answer = await post(target, HEADERS, encodeCall(method, parameters));
  if (!answer.ok) return answer;
  const { headers, body } = answer.value;
  if (headers.get("content-type")?.startsWith("application/json")) return readJson(body);
  const { readXmlAnswer } = await import("./xml-answer.ts");
  return await readXmlAnswer(body);
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

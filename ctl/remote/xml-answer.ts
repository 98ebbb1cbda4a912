import { Readable } from "node:stream";
// biome-ignore lint/correctness/noUnresolvedImports: the default export of a CommonJS module is made by Node.
import Deserializer from "xmlrpc/lib/deserializer.js";
import { failed, type Reply } from "./reply.ts";

/** Reads an answer in XML with the xmlrpc package: supervisord's, and that of anyone who was not asked for JSON. */
export function readXmlAnswer(body: Buffer): Promise<Reply<unknown>> {
  return new Promise((resolve) => {
    const settle = (error: unknown, value: unknown) => resolve(error ? refused(error) : { ok: true, value });
    try {
      new Deserializer().deserializeMethodResponse(Readable.from([body], { objectMode: false }), settle);
    } catch (error) {
      settle(error, undefined);
    }
  });
}

function refused(error: unknown): Reply<unknown> {
  const { faultCode, faultString, message } = error as { faultCode?: unknown; faultString?: unknown; message?: string };
  if (typeof faultCode === "number") return { ok: false, failure: { kind: "fault", code: faultCode, text: String(faultString) } };
  return failed(message ?? String(error));
}

import { request as httpRequest, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { RpcValue } from "../../src/rpc/value.ts";
import { callBody } from "./valid-calls.ts";

/** Calls a method on a unix socket. @returns the answer as it came. @throws when it is none. */
export async function rawCall(socketPath: string, method: string, parameters: readonly RpcValue[]): Promise<Buffer> {
  const body = Buffer.from(callBody(method, parameters));
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { "Content-Length": body.length };
    httpRequest({ socketPath, path: "/RPC2", method: "POST", headers }, resolve).once("error", reject).end(body);
  });
  const xml = await buffer(answer);
  if (answer.statusCode !== 200) throw new Error(`${method} is answered with status ${answer.statusCode}`);
  return xml;
}

import { request } from "node:http";
import { type Argument, encodeArgument } from "./argument.ts";

/** An HTTP answer, whole. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Calls a method over the unix socket of a daemon. @throws when the connection ends without an answer. */
export function call(peer: { readonly socket: string }, method: string, args: readonly Argument[]): Promise<Answer> {
  return post(peer.socket, callBody(method, args));
}

export function callBody(method: string, args: readonly Argument[]): string {
  const params = args.map((argument) => `<param>${encodeArgument(argument)}</param>`).join("");
  return `<?xml version='1.0'?><methodCall><methodName>${method}</methodName><params>${params}</params></methodCall>`;
}

export function post(socketPath: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "text/xml", "Content-Length": Buffer.byteLength(body) };
    const sent = request({ socketPath, path: "/RPC2", method: "POST", headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers["content-type"] ?? "",
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Fault } from "../../src/model/fault.ts";
import type { RpcValue } from "../../src/rpc/value.ts";
import { decodeRequest } from "../../src/rpc/xml/decode.ts";
import { encodeFault, encodeResponse } from "../../src/rpc/xml/encode.ts";

/** What a daemon answers to one call: a value, a fault, or whatever it does to the response by itself. */
export type Answer =
  | { readonly value: RpcValue }
  | { readonly fault: Fault }
  | { readonly respond: (response: ServerResponse) => void };

/** A daemon that answers as a test tells it, to see what the client makes of it. */
export interface FakeDaemon {
  readonly url: string;
  /** Methods with their parameters, in the order of the calls. */
  readonly calls: readonly (readonly [string, ...RpcValue[]])[];
  stop(): Promise<void>;
}

export async function startFakeDaemon(answer: (method: string, parameters: readonly RpcValue[]) => Answer): Promise<FakeDaemon> {
  const calls: [string, ...RpcValue[]][] = [];
  const server = createServer(async (request, response) => {
    const { method, params: parameters } = decodeRequest(await readBody(request));
    calls.push([method, ...parameters]);
    const answered =
      method === "supervisor.getVersion" && !("respond" in answer(method, parameters))
        ? { value: "3.0" }
        : answer(method, parameters);
    if ("respond" in answered) return answered.respond(response);
    response.setHeader("Content-Type", "text/xml");
    response.end(("value" in answered ? encodeResponse(answered.value) : encodeFault(answered.fault)).join(""));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

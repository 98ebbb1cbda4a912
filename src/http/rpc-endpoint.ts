import type { IncomingMessage, ServerResponse } from "node:http";
import { FAULT_CODES, faultText, type Result } from "../model/fault.ts";
import type { RpcContext } from "../rpc/context.ts";
import { dispatch } from "../rpc/dispatch.ts";
import { decodeJsonRequest, encodeJsonResult } from "../rpc/json.ts";
import type { MethodTable } from "../rpc/method.ts";
import { escapeUnprintable, pythonRepr } from "../rpc/python-text.ts";
import type { RpcValue } from "../rpc/value.ts";
import { methodsForViewers } from "../rpc/viewer-methods.ts";
import { decodeRequest, type RpcRequest } from "../rpc/xml/decode.ts";
import { MalformedXml } from "../rpc/xml/element.ts";
import { encodeFault, encodeResponse } from "../rpc/xml/encode.ts";
import { roleOf } from "./authentication.ts";
import { sendError } from "./error-page.ts";
import type { HttpLog } from "./http-log.ts";
import { readBody } from "./request-body.ts";
import { requestPath } from "./request-path.ts";
import { COMMON_HEADERS } from "./response-headers.ts";

export interface RpcEndpoint {
  readonly context: RpcContext;
  readonly methods: MethodTable;
  readonly log: HttpLog;
}

/** Bytes. A client may send a process a large input; nothing else comes near. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** Characters of a bad request that go into the log. */
const LOGGED_CHARACTERS = 1000;

/** Whether a request, whatever its method, is for the calls. */
export function isRpcRequest(request: IncomingMessage): boolean {
  return requestPath(request).startsWith("/RPC2");
}

/**
 * Answers XML-RPC calls. Our own clients may write the call as JSON, and ask for an answer in JSON with `Accept: application/json`: it
 * takes a fraction of the time to read, and carries any character. The answer to a call that waits is held back until it is settled,
 * while other requests are served; a client that leaves meanwhile does not cancel what it asked for.
 */
export function rpcEndpoint(endpoint: RpcEndpoint): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    if (request.method !== "POST") return sendError(response, 400);
    if (!hasBody(request)) return sendError(response, 411);
    const body = await readBody(request, BODY_LIMIT);
    if (body.kind === "complete") return await answer(endpoint, body.bytes, request, response);
    if (body.kind === "aborted") return;
    // What is still coming would have to be read to be skipped.
    response.setHeader("Connection", "close");
    sendError(response, 413);
  };
}

/** A request that tells no length has no body, by the rules of HTTP; supervisord asks for the length. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

async function answer(all: RpcEndpoint, body: Buffer, from: IncomingMessage, response: ServerResponse): Promise<void> {
  const { headers } = from;
  const endpoint = roleOf(from) === "view" ? { ...all, methods: methodsForViewers(all.methods) } : all;
  // Clients that call XML so are answered by supervisord, too.
  const isJson =
    headers["content-type"]?.startsWith("application/json") === true && !body.toString("latin1", 0, 1).startsWith("<");
  const request = readRequest(endpoint.log, body, isJson ? decodeJsonRequest : decode);
  if (request === null) return sendError(response, 400);
  try {
    const result = await call(endpoint, request);
    const wantsJson = headers.accept?.includes("application/json") === true;
    if (wantsJson) send(response, "application/json", [encodeJsonResult(result)]);
    else send(response, "text/xml", encode(result));
  } catch (error) {
    const stack = error instanceof Error ? error.stack : String(error);
    endpoint.log.log("critical", `Handling XML-RPC request with data ${quote(body)} raised an unexpected exception: ${stack}`);
    sendError(response, 500);
  }
}

const HEAD: readonly string[] = Object.entries(COMMON_HEADERS).flat();

function send(response: ServerResponse, type: string, pieces: readonly string[]): void {
  const lengths = pieces.map((piece) => Buffer.byteLength(piece));
  const length = lengths.reduce((sum, count) => sum + count, 0);
  response.writeHead(200, [...HEAD, "Content-Type", type, "Content-Length", String(length)]);
  // A piece of nothing but ASCII, as most are, is sent as it is.
  const encodings = pieces.map((piece, index) => (piece.length === lengths[index] ? "latin1" : "utf8"));
  const last = pieces.length - 1;
  for (let index = 0; index < last; index++) response.write(pieces[index] ?? "", encodings[index] ?? "utf8");
  response.end(pieces[last], encodings[last] ?? "utf8");
}

function readRequest(log: HttpLog, body: Buffer, decoder: (body: Buffer) => RpcRequest | null): RpcRequest | null {
  const request = decoder(body);
  if (request !== null && request.method !== "") return request;
  const problem = request === null ? "unmarshallable" : "no method name";
  log.log("error", `XML-RPC request data ${quote(body)} is invalid: ${problem}`);
  return null;
}

function decode(body: Buffer): RpcRequest | null {
  try {
    return decodeRequest(body);
  } catch (error) {
    if (error instanceof MalformedXml) return null;
    throw error;
  }
}

async function call({ context, methods, log }: RpcEndpoint, { method, params }: RpcRequest): Promise<Result<RpcValue>> {
  if (!log.isEnabled("trace")) return await dispatch(methods, context, method, params);
  const shown = escapeUnprintable(method);
  log.log("trace", `XML-RPC method called: ${shown}()`);
  const result = await dispatch(methods, context, method, params);
  log.log("trace", `XML-RPC method ${shown}() ${describeResult(result)}`);
  return result;
}

function describeResult(result: Result<RpcValue>): string {
  if (result.ok) return "returned successfully";
  return `returned fault: [${FAULT_CODES[result.fault.name]}] ${escapeUnprintable(faultText(result.fault))}`;
}

function encode(result: Result<RpcValue>): readonly string[] {
  return result.ok ? encodeResponse(result.value) : encodeFault(result.fault);
}

function quote(body: Buffer): string {
  const text = body.toString("utf8", 0, LOGGED_CHARACTERS * 4);
  return pythonRepr(text.length > LOGGED_CHARACTERS ? `${text.slice(0, LOGGED_CHARACTERS)}…` : text);
}

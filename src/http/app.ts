import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import type { ServerConfig } from "../model/config.ts";
import type { RpcContext } from "../rpc/context.ts";
import type { MethodTable } from "../rpc/method.ts";
import { accessLog } from "./access-log.ts";
import { authentication } from "./authentication.ts";
import type { Check } from "./check.ts";
import { sendError } from "./error-page.ts";
import { hostCheck } from "./host-check.ts";
import type { HttpLog } from "./http-log.ts";
import type { LiveEvents } from "./live-events.ts";
import type { LogFollower } from "./log-follower.ts";
import { logStreamEndpoint } from "./log-stream-endpoint.ts";
import { originCheck } from "./origin-check.ts";
import type { Page } from "./page.ts";
import { requestPath } from "./request-path.ts";
import { responseHeaders } from "./response-headers.ts";
import { isRpcRequest, rpcEndpoint } from "./rpc-endpoint.ts";
import { StreamConnections } from "./stream-connections.ts";
import type { TerminalSessions } from "./terminal-sessions.ts";

export interface HttpAppOptions {
  /** The listener that this app answers for: whom it lets in depends on it. */
  readonly server: ServerConfig;
  readonly context: RpcContext;
  readonly methods: MethodTable;
  readonly log: HttpLog;
  readonly follower: LogFollower;
  readonly live: LiveEvents;
  readonly terminals: TerminalSessions;
  readonly page: Page;
  /** What the page's calls carry. */
  readonly token: string;
}

/**
 * Everything that one HTTP server answers. What every request has to pass comes first. Calls, of which there are many, are answered
 * right behind it; everything else is express's.
 */
export function createHttpApp(options: HttpAppOptions): RequestListener {
  const { server, context, methods, log, token } = options;
  const streams = new StreamConnections();
  const checks: readonly Check[] = [
    streams.guard,
    accessLog(log),
    authentication(server),
    hostCheck(server, log),
    originCheck(token),
  ];
  const answerCall = rpcEndpoint({ context, methods, log });
  const app = expressApp(options, streams);
  return (request, response) => {
    if (!checks.every((passes) => passes(request, response))) return;
    if (!isRpcRequest(request)) return app(request, response);
    answerCall(request, response).catch((error) => answerDefect(log, error, request, response));
  };
}

function expressApp(
  { context, log, follower, live, terminals, page }: HttpAppOptions,
  streams: StreamConnections,
): RequestListener {
  const app = express();
  app.disable("x-powered-by");
  app.use(responseHeaders);
  app.use(logStreamEndpoint(context, follower, streams));
  app.use(live.endpoint(streams));
  app.use(terminals.endpoint(context));
  app.use(livenessProbe);
  app.use(page.endpoint);
  app.use((_request, response) => sendError(response, 404));
  app.use(defectHandler(log));
  return app;
}

const livenessProbe: RequestHandler = (request, response, next) => {
  if (requestPath(request) !== "/ok.html" || !["GET", "POST"].includes(request.method)) return next();
  response.writeHead(200, { "Content-Type": "text/plain", "Content-Length": 2 });
  response.end("OK");
};

function defectHandler(log: HttpLog): ErrorRequestHandler {
  return (error, request, response, _next) => answerDefect(log, error, request, response);
}

/** What a handler throws is a defect of ours; it ends that request and nothing else. */
function answerDefect(log: HttpLog, error: unknown, request: IncomingMessage, response: ServerResponse): void {
  const what = error instanceof Error ? error.stack : error;
  log.log("critical", `${request.method} ${request.url} raised an unexpected exception: ${what}`);
  if (response.headersSent) response.destroy();
  else sendError(response, 500);
}

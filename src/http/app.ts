import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import type { ServerConfig } from "../model/config.ts";
import type { RpcContext } from "../rpc/context.ts";
import type { MethodTable } from "../rpc/method.ts";
import { accessLog } from "./access-log.ts";
import { authentication } from "./authentication.ts";
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
import { rpcEndpoint } from "./rpc-endpoint.ts";
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

/** Everything that one HTTP server answers, in the order in which a request passes it. */
export function createHttpApp({
  server,
  context,
  methods,
  log,
  follower,
  live,
  terminals,
  page,
  token,
}: HttpAppOptions): Express {
  const app = express();
  const streams = new StreamConnections();
  app.disable("x-powered-by");
  app.use(streams.guard);
  app.use(accessLog(log));
  app.use(responseHeaders);
  app.use(authentication(server));
  app.use(hostCheck(server, log));
  app.use(originCheck(token));
  app.use(rpcEndpoint({ context, methods, log }));
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

/** What a handler throws is a defect of ours; it ends that request and nothing else. */
function defectHandler(log: HttpLog): ErrorRequestHandler {
  return (error, request, response, _next) => {
    log.log("critical", `${request.method} ${request.originalUrl} raised an unexpected exception: ${error.stack ?? error}`);
    if (response.headersSent) response.destroy();
    else sendError(response, 500);
  };
}

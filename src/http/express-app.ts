import type { RequestListener } from "node:http";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import type { HttpAppOptions } from "./app.ts";
import { answerDefect } from "./defect.ts";
import { sendError } from "./error-page.ts";
import type { HttpLog } from "./http-log.ts";
import { logStreamEndpoint } from "./log-stream-endpoint.ts";
import { requestPath } from "./request-path.ts";
import { responseHeaders } from "./response-headers.ts";
import type { StreamConnections } from "./stream-connections.ts";

/** Everything that is no call, in the order in which a request passes it. */
export function createExpressApp(
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

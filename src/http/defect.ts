import type { IncomingMessage, ServerResponse } from "node:http";
import { sendError } from "./error-page.ts";
import type { HttpLog } from "./http-log.ts";

/** What a handler throws is a defect of ours; it ends that request and nothing else. */
export function answerDefect(log: HttpLog, error: unknown, request: IncomingMessage, response: ServerResponse): void {
  const what = error instanceof Error ? error.stack : error;
  log.log("critical", `${request.method} ${request.url} raised an unexpected exception: ${what}`);
  if (response.headersSent) response.destroy();
  else sendError(response, 500);
}

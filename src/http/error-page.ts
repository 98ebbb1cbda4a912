import { STATUS_CODES } from "node:http";
import type { Response } from "express";

/** The statuses that this server answers errors with. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 408 | 411 | 413 | 431 | 500;

/** Answers with the small page that supervisord sends for every error; clients look at the status alone. */
export function sendError(response: Response, status: ErrorStatus): void {
  const body = errorPage(status);
  response.status(status);
  response.set({ "Content-Type": "text/html", "Content-Length": String(Buffer.byteLength(body)) });
  response.end(body);
}

export function errorPage(status: ErrorStatus): string {
  return (
    "<head>\r\n<title>Error response</title>\r\n</head>\r\n<body>\r\n<h1>Error response</h1>\r\n" +
    `<p>Error code ${status}.\r\n<p>Message: ${STATUS_CODES[status]}.\r\n</body>\r\n`
  );
}

import { type ServerResponse, STATUS_CODES } from "node:http";
import { COMMON_HEADERS } from "./response-headers.ts";

/** The statuses that this server answers errors with. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 408 | 411 | 413 | 431 | 500;

/** Answers with the small page that supervisord sends for every error; clients look at the status alone. */
export function sendError(response: ServerResponse, status: ErrorStatus): void {
  const body = errorPage(status);
  response.writeHead(status, { ...COMMON_HEADERS, "Content-Type": "text/html", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

export function errorPage(status: ErrorStatus): string {
  return (
    "<head>\r\n<title>Error response</title>\r\n</head>\r\n<body>\r\n<h1>Error response</h1>\r\n" +
    `<p>Error code ${status}.\r\n<p>Message: ${STATUS_CODES[status]}.\r\n</body>\r\n`
  );
}

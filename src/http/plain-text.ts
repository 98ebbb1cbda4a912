import type { ServerResponse } from "node:http";

/** Answers with a line of text, for somebody who reads what is wrong. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  const body = `${text}\n`;
  response.writeHead(status, { "Content-Type": "text/plain;charset=utf-8", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

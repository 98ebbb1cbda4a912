import type { IncomingMessage } from "node:http";
import type { Check } from "./check.ts";
import type { HttpLog } from "./http-log.ts";

/** Writes a line of the common log format for each answer, at the level `trace`. */
export function accessLog(log: HttpLog): Check {
  return (request, response) => {
    if (!log.isEnabled("trace")) return true;
    const client = clientAddress(request);
    const writtenBefore = request.socket.bytesWritten;
    response.on("finish", () => {
      const { method, url, httpVersion } = request;
      const bytes = request.socket.bytesWritten - writtenBefore;
      const line = `"${method} ${url} HTTP/${httpVersion}" ${response.statusCode} ${bytes}`;
      log.log("trace", `${client} - - [${formatDate(new Date())}] ${line}`);
    });
    return true;
  };
}

/** A unix socket has neither address nor port. */
function clientAddress({ socket }: IncomingMessage): string {
  return `${socket.remoteAddress ?? "localhost"}:${socket.remotePort ?? 0}`;
}

/** `23/Nov/2026:00:35:30 +0000`, from `Mon, 23 Nov 2026 00:35:30 GMT`. */
function formatDate(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

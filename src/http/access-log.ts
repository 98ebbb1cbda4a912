import type { Request, RequestHandler } from "express";
import type { HttpLog } from "./http-log.ts";

/** Writes a line of the common log format for each answer, at the level `trace`. */
export function accessLog(log: HttpLog): RequestHandler {
  return (request, response, next) => {
    const client = clientAddress(request);
    const writtenBefore = request.socket.bytesWritten;
    response.on("finish", () => {
      const { method, originalUrl, httpVersion } = request;
      const bytes = request.socket.bytesWritten - writtenBefore;
      const line = `"${method} ${originalUrl} HTTP/${httpVersion}" ${response.statusCode} ${bytes}`;
      log.log("trace", `${client} - - [${formatDate(new Date())}] ${line}`);
    });
    next();
  };
}

/** A unix socket has neither address nor port. */
function clientAddress({ socket }: Request): string {
  return `${socket.remoteAddress ?? "localhost"}:${socket.remotePort ?? 0}`;
}

/** `23/Nov/2026:00:35:30 +0000`, from `Mon, 23 Nov 2026 00:35:30 GMT`. */
function formatDate(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

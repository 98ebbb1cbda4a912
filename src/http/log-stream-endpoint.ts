import type { Request, RequestHandler, Response } from "express";
import type { RpcContext } from "../rpc/context.ts";
import { logPath } from "../rpc/log-path.ts";
import { resolveProcess } from "../rpc/resolve.ts";
import { sendError } from "./error-page.ts";
import type { LogFollower } from "./log-follower.ts";
import { LogTail, type Past, USUAL_PAST } from "./log-tail.ts";
import { requestPath, requestQuery } from "./request-path.ts";
import type { StreamConnections } from "./stream-connections.ts";

/**
 * Streams `/logtail/<namespec>[/<channel>]` and `/mainlogtail` for as long as the client stays. Beyond supervisord, a query says what of
 * the past comes first (`?lines=50`, `?bytes=4096`), and with `follow=false` the stream ends where the log does.
 */
export function logStreamEndpoint(context: RpcContext, follower: LogFollower, streams: StreamConnections): RequestHandler {
  return (request, response, next) => {
    const path = requestPath(request);
    const isProcessLog = path.startsWith("/logtail");
    if (!isProcessLog && !path.startsWith("/mainlogtail")) return next();
    if (request.method !== "GET") return sendError(response, 400);
    const query = readQuery(request);
    if (query === null) return sendError(response, 400);
    const log = isProcessLog ? processLog(context, path) : context.activityLog.path;
    const tail = log === null ? null : openTail(log, query.past);
    if (log === null || tail === null) return sendError(response, 404);
    // A proxy that buffers would hold the lines back.
    if (isProcessLog) response.setHeader("X-Accel-Buffering", "no");
    // A body that nobody takes would keep the server from reading on, and from noticing that the client has left.
    request.resume();
    if (query.follows) streams.add(request.socket);
    stream(tail, request, response, query.follows ? follow(follower, log, tail) : null);
  };
}

/** The log that a path names; `null` when there is no such process, channel or log. */
function processLog(context: RpcContext, path: string): string | null {
  const [, , name = "", channel = "stdout"] = /^\/[^/]*(\/([^/]*)(?:\/(.*))?)?$/s.exec(path) ?? [];
  if (channel !== "stdout" && channel !== "stderr") return null;
  const process = resolveProcess(context.supervisor, name);
  return process.ok ? logPath(context, process.value, channel) : null;
}

/** What a reader wants of a log; `null` for numbers that are none. What the query does not know is ignored, as supervisord does. */
function readQuery(request: Request): { readonly past: Past; readonly follows: boolean } | null {
  const query = requestQuery(request);
  const [lines, bytes] = [query.get("lines"), query.get("bytes")];
  if ([lines, bytes].some((text) => text !== null && !/^\d{1,15}$/.test(text))) return null;
  const past = lines !== null ? { lines: Number(lines) } : bytes !== null ? { bytes: Number(bytes) } : USUAL_PAST;
  return { past, follows: query.get("follow") !== "false" };
}

function openTail(path: string, past: Past): LogTail | null {
  try {
    return new LogTail(path, past);
  } catch {
    return null;
  }
}

function follow(follower: LogFollower, path: string, tail: LogTail): () => void {
  try {
    return follower.follow(path, () => tail.advance());
  } catch (error) {
    tail.close();
    throw error;
  }
}

function stream(tail: LogTail, { socket }: Request, response: Response, unfollow: (() => void) | null): void {
  // A response that still waits for its turn on the connection would not hear of its end.
  socket.once("close", () => {
    unfollow?.();
    tail.close();
  });
  response.writeHead(200, { "Last-Modified": tail.modified.toUTCString(), "Content-Type": "text/plain;charset=utf-8" });
  response.flushHeaders();
  tail.start(response, unfollow !== null);
}

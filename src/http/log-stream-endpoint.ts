import type { Request, RequestHandler, Response } from "express";
import type { RpcContext } from "../rpc/context.ts";
import { readableLogPath } from "../rpc/log-path.ts";
import { resolveProcess } from "../rpc/resolve.ts";
import { sendError } from "./error-page.ts";
import type { LogFollower } from "./log-follower.ts";
import { LogTail, type Past, USUAL_PAST } from "./log-tail.ts";
import { requestPath, requestQuery } from "./request-path.ts";
import type { StreamConnections } from "./stream-connections.ts";

/**
 * Streams `/logtail/<namespec>[/<channel>]` and `/mainlogtail` for as long as the client stays. Beyond supervisord, a query says what of
 * the past comes first (`?lines=50`, `?bytes=4096`, for a process `?since=1764000000`), and with `follow=false` the stream ends where the
 * log does.
 */
export function logStreamEndpoint(context: RpcContext, follower: LogFollower, streams: StreamConnections): RequestHandler {
  return (request, response, next) => {
    const path = requestPath(request);
    const isProcessLog = path.startsWith("/logtail");
    if (!isProcessLog && !path.startsWith("/mainlogtail")) return next();
    if (request.method !== "GET") return sendError(response, 400);
    const query = readQuery(request);
    if (query === null) return sendError(response, 400);
    const log = isProcessLog ? processLog(context, path) : activityLog(context);
    const tail = log === null ? null : openTail(log.path, pastOf(log, query));
    if (log === null || tail === null) return sendError(response, 404);
    // A proxy that buffers would hold the lines back.
    if (isProcessLog) response.setHeader("X-Accel-Buffering", "no");
    // A body that nobody takes would keep the server from reading on, and from noticing that the client has left.
    request.resume();
    if (query.follows) streams.add(request.socket);
    stream(tail, request, response, query.follows ? follow(follower, log.path, tail) : null);
  };
}

interface StreamedLog {
  readonly path: string;
  /** Where begins what was written since a time; `null` for a log of which nobody knows. */
  readonly offsetSince: ((time: number) => number) | null;
}

/** The log that a path names; `null` when there is no such process, channel or log. */
function processLog(context: RpcContext, path: string): StreamedLog | null {
  const [, , name = "", channel = "stdout"] = /^\/[^/]*(\/([^/]*)(?:\/(.*))?)?$/s.exec(path) ?? [];
  if (channel !== "stdout" && channel !== "stderr") return null;
  const process = resolveProcess(context.supervisor, name);
  const file = process.ok ? readableLogPath(context, process.value, channel) : null;
  if (!process.ok || file === null) return null;
  return { path: file, offsetSince: (time) => context.output.logOffsetSince(process.value.id, channel, time) };
}

function activityLog({ activityLog: { path } }: RpcContext): StreamedLog | null {
  return path === null ? null : { path, offsetSince: null };
}

interface StreamQuery {
  readonly past: Past;
  /** Seconds since 1970. */
  readonly since: number | null;
  readonly follows: boolean;
}

/** What a reader wants of a log; `null` for numbers that are none. What the query does not know is ignored, as supervisord does. */
function readQuery(request: Request): StreamQuery | null {
  const query = requestQuery(request);
  const [lines, bytes, since] = [query.get("lines"), query.get("bytes"), query.get("since")];
  if ([lines, bytes].some((text) => text !== null && !/^\d{1,15}$/.test(text))) return null;
  if (since !== null && !/^-?\d{1,15}(\.\d{1,9})?$/.test(since)) return null;
  const past = lines !== null ? { lines: Number(lines) } : bytes !== null ? { bytes: Number(bytes) } : USUAL_PAST;
  return { past, since: since === null ? null : sinceWhen(Number(since)), follows: query.get("follow") !== "false" };
}

/** A negative time counts from now: client and daemon need not agree about the time then. */
function sinceWhen(time: number): number {
  return time < 0 ? Date.now() / 1000 + time : time;
}

function pastOf({ offsetSince }: StreamedLog, { past, since }: StreamQuery): Past {
  return since === null || offsetSince === null ? past : { offset: offsetSince(since) };
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

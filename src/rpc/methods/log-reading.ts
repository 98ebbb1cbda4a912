import { readWindow, tailWindow } from "../../logs/window.ts";
import { fail, type Result, succeed } from "../../model/fault.ts";
import type { Channel, RpcContext } from "../context.ts";
import { logKind, readableLogPath } from "../log-path.ts";
import { defineMethod, type Method } from "../method.ts";
import { nameParameter, numberParameter } from "../parameter.ts";
import { resolveProcess } from "../resolve.ts";
import type { RpcValue } from "../value.ts";

const name = nameParameter("name", "the process: name, or group:name");
const readOffset = numberParameter("offset", "where to begin, in bytes; below zero, so many bytes before the end");
const readLength = numberParameter("length", "how many bytes; 0 for all that follow, and when offset is below zero");
const tailOffset = numberParameter("offset", "the size of the log as the last call told it, in bytes");
const tailLength = numberParameter("length", "how many bytes at most");

const READ_HELP =
  "The bytes are read as UTF-8; what is none becomes U+FFFD. Fault NO_FILE when there is no log, BAD_ARGUMENTS when offset and length " +
  "do not go together.";
const TAIL_HELP =
  "The answer holds the last bytes of the log, at most as many as asked for, and its size, from which the next call goes on. The flag " +
  "tells that more was written since than fits. Without a log there is nothing to tell, which is no fault.";

/** Slices of the logs. Offsets and lengths count bytes. */
export const logReadingMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.readLog",
    aliases: ["supervisor.readMainLog"],
    gated: true,
    help: `Reads a part of the daemon's own log. ${READ_HELP}`,
    parameters: [readOffset, readLength],
    result: { type: "string", text: "the part of the log" },
    run({ activityLog }, [offset, length]) {
      const { path, description } = activityLog;
      if (path === null) return fail("NO_FILE", description || undefined);
      return readSlice(path, offset, length);
    },
  }),
  defineMethod({
    name: "supervisor.readProcessStdoutLog",
    aliases: ["supervisor.readProcessLog"],
    gated: true,
    help: `Reads a part of the log of a process's standard output. ${READ_HELP}`,
    parameters: [name, readOffset, readLength],
    result: { type: "string", text: "the part of the log" },
    run: (context, [process, offset, length]) => readProcessLog(context, process, "stdout", offset, length),
  }),
  defineMethod({
    name: "supervisor.readProcessStderrLog",
    gated: true,
    help: `Reads a part of the log of a process's standard error. ${READ_HELP}`,
    parameters: [name, readOffset, readLength],
    result: { type: "string", text: "the part of the log" },
    run: (context, [process, offset, length]) => readProcessLog(context, process, "stderr", offset, length),
  }),
  defineMethod({
    name: "supervisor.tailProcessStdoutLog",
    aliases: ["supervisor.tailProcessLog"],
    gated: true,
    help: `Follows the log of a process's standard output. ${TAIL_HELP}`,
    parameters: [name, tailOffset, tailLength],
    result: { type: "array", text: "string bytes, int offset, boolean overflow" },
    run: (context, [process, offset, length]) => tailProcessLog(context, process, "stdout", offset, length),
  }),
  defineMethod({
    name: "supervisor.tailProcessStderrLog",
    gated: true,
    help: `Follows the log of a process's standard error. ${TAIL_HELP}`,
    parameters: [name, tailOffset, tailLength],
    result: { type: "array", text: "string bytes, int offset, boolean overflow" },
    run: (context, [process, offset, length]) => tailProcessLog(context, process, "stderr", offset, length),
  }),
];

function readProcessLog(
  context: RpcContext,
  processName: string,
  channel: Channel,
  offset: number,
  length: number,
): Result<RpcValue> {
  const process = resolveProcess(context.supervisor, processName);
  if (!process.ok) return process;
  const path = readableLogPath(context, process.value, channel);
  return path === null ? fail("NO_FILE") : readSlice(path, offset, length);
}

function readSlice(path: string, offset: number, length: number): Result<RpcValue> {
  const kind = logKind(path);
  if (kind !== "file") return kind === "missing" ? fail("NO_FILE", path) : fail("FAILED");
  const slice = readWindow(path, offset, length);
  return slice.ok ? succeed(slice.value.toString("utf8")) : slice;
}

function tailProcessLog(
  context: RpcContext,
  processName: string,
  channel: Channel,
  offset: number,
  length: number,
): Result<RpcValue> {
  const process = resolveProcess(context.supervisor, processName);
  if (!process.ok) return process;
  const path = readableLogPath(context, process.value, channel);
  if (path === null || logKind(path) !== "file") return succeed(["", 0, false]);
  const tail = tailWindow(path, offset, length);
  return succeed([tail.bytes.toString("utf8"), tail.offset, tail.overflow]);
}

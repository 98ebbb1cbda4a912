import { statSync } from "node:fs";
import type { ProcessView } from "../runtime/control.ts";
import type { Channel, RpcContext } from "./context.ts";

/** The log file of a channel of a process; `null` when it has none. Redirected stderr has no log of its own. */
export function logPath(context: RpcContext, process: ProcessView, channel: Channel): string | null {
  if (channel === "stderr" && process.config.launch.redirectStderr) return null;
  return context.output.logPath(process.id, channel);
}

/** The same for somebody who is about to read it. */
export function readableLogPath(context: RpcContext, process: ProcessView, channel: Channel): string | null {
  if (channel === "stderr" && process.config.launch.redirectStderr) return null;
  return context.output.readableLogPath(process.id, channel);
}

/**
 * What stands at the path of a log. Only a `file` can be read back: a device has nothing to give, and the opening of a FIFO could
 * wait for ever. A place that cannot be looked at counts as `missing`.
 */
export function logKind(path: string): "file" | "device" | "missing" {
  try {
    return statSync(path).isFile() ? "file" : "device";
  } catch {
    return "missing";
  }
}

import { PROCESS_STATE_CODES } from "../model/process-state.ts";
import type { ProcessView } from "../runtime/control.ts";
import type { RpcContext } from "./context.ts";
import { describeProcess } from "./describe-process.ts";
import { keepTextOf } from "./kept-text.ts";
import { logPath } from "./log-path.ts";
import type { RpcStruct } from "./value.ts";

/** What was last told of a process. A view is a new one whenever anything about the process changes, so it holds for a second. */
const lastTold = new WeakMap<ProcessView, RpcStruct>();

/** The struct of `supervisor.getProcessInfo`. Times are whole seconds since the epoch; an absent log is an empty string. */
export function processInfo(context: RpcContext, process: ProcessView): RpcStruct {
  const now = Math.trunc(context.supervisor.now().wall);
  const last = lastTold.get(process);
  if (last?.now === now) return last;
  const stdoutLog = logPath(context, process, "stdout") ?? "";
  const info = {
    name: process.config.name,
    group: process.config.group,
    start: Math.trunc(process.startedAt),
    stop: Math.trunc(process.stoppedAt),
    now,
    state: PROCESS_STATE_CODES[process.state],
    statename: process.state,
    spawnerr: process.spawnError,
    exitstatus: process.exitCode,
    logfile: stdoutLog,
    stdout_logfile: stdoutLog,
    stderr_logfile: logPath(context, process, "stderr") ?? "",
    pid: process.pid,
    description: describeProcess(process, now),
  };
  lastTold.set(process, info);
  keepTextOf(info);
  return info;
}

import { PROCESS_STATE_CODES } from "../model/process-state.ts";
import type { ProcessView } from "../runtime/control.ts";
import type { RpcContext } from "./context.ts";
import { describeProcess } from "./describe-process.ts";
import { keepTextOf } from "./kept-text.ts";
import { logPath } from "./log-path.ts";
import type { RpcStruct } from "./value.ts";

/** What was last told of a process. As a view is a new one whenever anything changes, only the time and the paths have to be compared. */
const lastTold = new WeakMap<ProcessView, RpcStruct>();

/** The struct of `supervisor.getProcessInfo`. Times are whole seconds since the epoch; an absent log is an empty string. */
export function processInfo(context: RpcContext, process: ProcessView): RpcStruct {
  const now = Math.trunc(context.supervisor.now().wall);
  const stdoutLog = logPath(context, process, "stdout") ?? "";
  const stderrLog = logPath(context, process, "stderr") ?? "";
  const last = lastTold.get(process);
  if (last?.now === now && last.stdout_logfile === stdoutLog && last.stderr_logfile === stderrLog) return last;
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
    stderr_logfile: stderrLog,
    pid: process.pid,
    description: describeProcess(process, now),
  };
  lastTold.set(process, info);
  keepTextOf(info);
  return info;
}

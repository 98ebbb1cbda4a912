import type { LogTarget, ProcessConfig, ProcessPolicy } from "../model/config.ts";
import { processId } from "../model/namespec.ts";
import { unreachable } from "../model/unreachable.ts";
import type { Channel, RpcContext } from "./context.ts";
import type { RpcStruct, RpcValue } from "./value.ts";

/**
 * One struct of `supervisor.getAllConfigInfo`: a process of the configuration that was parsed last.
 *
 * What is unset is the word `none`. `autorestart` is the member that later versions of supervisord send.
 */
export function configInfo(context: RpcContext, process: ProcessConfig, groupPriority: number): RpcStruct {
  const { policy, launch } = process;
  const { stdout, stderr } = launch;
  return {
    autostart: policy.autostart,
    autorestart: AUTORESTART[policy.autorestart],
    directory: launch.directory ?? UNSET,
    uid: launch.user?.uid ?? UNSET,
    command: launch.command.text,
    exitcodes: policy.exitCodes,
    group: process.group,
    group_prio: groupPriority,
    inuse: context.supervisor.group(process.group) !== undefined,
    killasgroup: policy.killAsGroup,
    name: process.name,
    process_prio: policy.priority,
    redirect_stderr: launch.redirectStderr,
    startretries: policy.startRetries,
    startsecs: wholeSeconds(policy.startMillis),
    stdout_capture_maxbytes: stdout.captureMaxBytes,
    stdout_events_enabled: stdout.eventsEnabled,
    stdout_logfile: logName(context, process, "stdout", stdout.log),
    stdout_logfile_backups: stdout.backups,
    stdout_logfile_maxbytes: stdout.maxBytes,
    stdout_syslog: stdout.syslog,
    stopsignal: policy.stopSignal,
    stopwaitsecs: wholeSeconds(policy.stopWaitMillis),
    stderr_capture_maxbytes: stderr.captureMaxBytes,
    stderr_events_enabled: stderr.eventsEnabled,
    stderr_logfile: launch.redirectStderr ? UNSET : logName(context, process, "stderr", stderr.log),
    stderr_logfile_backups: stderr.backups,
    stderr_logfile_maxbytes: stderr.maxBytes,
    stderr_syslog: stderr.syslog,
    serverurl: launch.serverUrl ?? UNSET,
  };
}

const UNSET = "none";

const AUTORESTART: Readonly<Record<ProcessPolicy["autorestart"], RpcValue>> = {
  never: false,
  unexpected: "unexpected",
  always: true,
};

/** The interface counts in whole seconds. */
function wholeSeconds(duration: number): number {
  return Math.trunc(duration / 1000);
}

function logName(context: RpcContext, process: ProcessConfig, channel: Channel, log: LogTarget): string {
  switch (log.kind) {
    case "none":
      return UNSET;
    case "auto":
      return context.output.logPath(processId(process.group, process.name), channel) ?? "auto";
    case "file":
      return log.path;
    case "inherit":
      return `/dev/${channel}`;
    default:
      return unreachable(log);
  }
}

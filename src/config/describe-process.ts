import type { LaunchConfig, ProcessConfig, ProcessPolicy, StreamConfig } from "../model/config.ts";
import { logTargetText, octalText, secondsOf, signalText } from "./written-values.ts";

export type ProcessDescription = ReturnType<typeof describeProcess>;

/** One process with all options of its program; times in seconds, sizes in bytes. */
export function describeProcess({ name, program, policy, launch }: ProcessConfig) {
  return { name, program, ...describePolicy(policy), ...describeLaunch(launch) };
}

function describePolicy(policy: ProcessPolicy) {
  return {
    priority: policy.priority,
    autostart: policy.autostart,
    autorestart: AUTORESTART[policy.autorestart],
    exitcodes: policy.exitCodes,
    startsecs: secondsOf(policy.startMillis),
    startretries: policy.startRetries,
    early_exit: policy.earlyExit,
    stopsignal: signalText(policy.stopSignal),
    stopwaitsecs: secondsOf(policy.stopWaitMillis),
    stopasgroup: policy.stopAsGroup,
    killasgroup: policy.killAsGroup,
  };
}

const AUTORESTART = { never: false, always: true, unexpected: "unexpected" } as const;

function describeLaunch(launch: LaunchConfig) {
  return {
    command: launch.command.text,
    /** The words of the command; empty when it cannot be split. */
    argv: launch.command.words,
    directory: launch.directory,
    umask: launch.umask === null ? null : octalText(launch.umask),
    user: launch.user?.name ?? null,
    environment: launch.environment,
    serverurl: launch.serverUrl ?? "AUTO",
    redirect_stderr: launch.redirectStderr,
    tty: launch.tty,
    ...describeStream("stdout", launch.stdout),
    ...describeStream("stderr", launch.stderr),
  };
}

function describeStream<Channel extends "stdout" | "stderr">(channel: Channel, stream: StreamConfig) {
  const options = {
    logfile: logTargetText(stream.log),
    logfile_maxbytes: stream.maxBytes,
    logfile_backups: stream.backups,
    capture_maxbytes: stream.captureMaxBytes,
    events_enabled: stream.eventsEnabled,
    syslog: stream.syslog,
  };
  type Named = { readonly [Name in keyof typeof options as `${Channel}_${Name}`]: (typeof options)[Name] };
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [`${channel}_${name}`, option])) as Named;
}

import type { GroupConfig, LaunchConfig, ProcessConfig, ProcessPolicy, StreamConfig } from "../../src/model/config.ts";
import { signalNumber } from "../../src/model/signal.ts";
import { millis } from "../../src/model/time.ts";

const SILENT: StreamConfig = {
  log: { kind: "none" },
  maxBytes: 0,
  backups: 0,
  captureMaxBytes: 0,
  eventsEnabled: false,
  syslog: false,
};

/** A policy as supervisord's defaults make it; a test states only what matters to it. */
export function aPolicy(facts: Partial<ProcessPolicy> = {}): ProcessPolicy {
  return {
    priority: 999,
    autostart: true,
    autorestart: "unexpected",
    exitCodes: [0],
    startMillis: millis(1000),
    startRetries: 3,
    earlyExit: "failure",
    stopSignal: signalNumber("TERM"),
    stopWaitMillis: millis(10_000),
    stopAsGroup: false,
    killAsGroup: false,
    ...facts,
  };
}

export function aLaunch(facts: Partial<LaunchConfig> = {}): LaunchConfig {
  return {
    command: { text: "sleep 100", words: ["sleep", "100"], problem: null },
    directory: null,
    umask: null,
    user: null,
    environment: {},
    serverUrl: null,
    redirectStderr: false,
    tty: false,
    stdout: SILENT,
    stderr: SILENT,
    socket: null,
    ...facts,
  };
}

export function aProcess(
  name: string,
  policy: Partial<ProcessPolicy> = {},
  launch: Partial<LaunchConfig> = {},
  group = name,
): ProcessConfig {
  return { group, name, program: name, policy: aPolicy(policy), launch: aLaunch(launch) };
}

/** A group of one process of the same name, unless processes are given. */
export function aGroup(name: string, processes: readonly ProcessConfig[] = [aProcess(name)], priority = 999): GroupConfig {
  return { name, priority, processes: processes.map((process) => ({ ...process, group: name })), listener: null };
}

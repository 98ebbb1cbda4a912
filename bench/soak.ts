import { randomInt } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BenchDaemon, type ProcessInfo } from "./daemons.ts";
import { listenerScript } from "./listener-script.ts";
import { residentMiB } from "./process-usage.ts";

/** What a daemon holds when nothing goes on. */
export interface Holdings {
  /** What its descriptors lead to, sorted. */
  readonly descriptors: readonly string[];
  readonly namedPipes: number;
  /** How many of each kind the event loop holds: timers, sockets, watchers. */
  readonly resources: Readonly<Record<string, number>>;
  readonly heapMiB: number;
  readonly residentMiB: number;
}

export interface SoakReport {
  readonly before: Holdings;
  readonly after: Holdings;
  readonly operations: number;
}

const WARM_UP_SECONDS = 15;

/** How often everything is stopped and the configuration read anew. */
const OPERATIONS_PER_RESTART = 400;

function programs(generation: number): string {
  return `[program:web]
command=cat
numprocs=5
process_name=web_%(process_num)d
autorestart=true
startsecs=0
startretries=1000000
environment=GENERATION="${generation}"
[program:talker]
command=sh -c "while :; do echo words and more words; sleep 0.05; done"
stopasgroup=true
startsecs=0
stdout_logfile_maxbytes=20KB
stdout_logfile_backups=2
[program:crasher]
command=sh -c "sleep 0.1; exit 1"
autorestart=true
startsecs=0
startretries=1000000
[eventlistener:listener]
command=python3 %(here)s/listener.py
events=PROCESS_STATE
autostart=false
startsecs=0
`;
}

/**
 * Starts, stops, kills, reconfigures, follows and connects for so long, one thing after the other, and looks at what the daemon holds
 * before and after. What it takes to warm up is not counted.
 */
export async function soak(seconds: number): Promise<SoakReport> {
  const daemon = await BenchDaemon.start("taskmasterd", programs(0), {
    NODE_OPTIONS: `--require=${join(import.meta.dirname, "probe.cjs")}`,
    TASKMASTER_PROBE: "probe.json",
  });
  try {
    writeFileSync(join(daemon.folder, "listener.py"), listenerScript(0));
    await daemon.call("supervisor.startProcess", "listener");
    await operate(daemon, WARM_UP_SECONDS);
    const before = await holdings(daemon);
    const operations = await operate(daemon, seconds);
    return { before, after: await holdings(daemon), operations };
  } finally {
    await daemon.stop();
  }
}

/** What differs between the two, in words; memory may differ by so many MiB. */
export function differences({ before, after }: SoakReport, heapMiB: number): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, was: unknown, is: unknown) => {
    if (JSON.stringify(was) !== JSON.stringify(is)) found.push(`${what}: ${JSON.stringify(was)} became ${JSON.stringify(is)}`);
  };
  compare("descriptors", before.descriptors, after.descriptors);
  compare("named pipes", before.namedPipes, after.namedPipes);
  compare("resources", before.resources, after.resources);
  if (after.heapMiB - before.heapMiB > heapMiB) compare("heap, MiB", before.heapMiB, after.heapMiB);
  return found;
}

/** @returns how much was done. */
async function operate(daemon: BenchDaemon, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let count = 0;
  while (performance.now() < end) {
    count += 1;
    if (count % OPERATIONS_PER_RESTART === 0) await restart(daemon);
    else await OPERATIONS[randomInt(OPERATIONS.length)]?.(daemon);
  }
  return count;
}

type Operation = (daemon: BenchDaemon) => Promise<unknown>;

/** A call may be refused: what it is about may be in any state. */
const call =
  (method: string, ...parameters: readonly unknown[]): Operation =>
  (daemon) =>
    daemon.call(method, ...parameters).catch(() => null);

const aWeb = (): string => `web:web_${randomInt(5)}`;

const OPERATIONS: readonly Operation[] = [
  (daemon) => call("supervisor.stopProcess", aWeb())(daemon),
  (daemon) => call("supervisor.startProcess", aWeb())(daemon),
  (daemon) => call("supervisor.sendProcessStdin", aWeb(), "words\n")(daemon),
  (daemon) => call("supervisor.readProcessStdoutLog", aWeb(), 0, 0)(daemon),
  (daemon) => call("supervisor.clearProcessLogs", aWeb())(daemon),
  (daemon) => call("supervisor.signalProcess", aWeb(), "HUP")(daemon),
  call("supervisor.startAllProcesses"),
  call("supervisor.getAllProcessInfo"),
  kill,
  reconfigure,
  (daemon) => stream(daemon, "/logtail/talker"),
  (daemon) => stream(daemon, "/mainlogtail"),
  (daemon) => stream(daemon, "/events"),
  vanish,
  async ({ pid }) => process.kill(pid, "SIGUSR2"),
];

async function kill(daemon: BenchDaemon): Promise<void> {
  const { pid } = (await daemon.call("supervisor.getProcessInfo", aWeb())) as ProcessInfo;
  try {
    if (pid > 0) process.kill(pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}

async function reconfigure(daemon: BenchDaemon): Promise<void> {
  daemon.configure(programs(randomInt(1000)));
  if (randomInt(2) === 0) await daemon.call("taskmaster.update");
  else process.kill(daemon.pid, "SIGHUP");
}

/** Reads a stream for a moment, and leaves without a word. */
async function stream({ port }: BenchDaemon, path: string): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => {});
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  socket.resume();
  await sleep(randomInt(60));
  socket.destroy();
}

/** Begins a request, and leaves. */
async function vanish({ port }: BenchDaemon): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write("POST /RPC2 HTTP/1.1\r\nContent-Length: 100\r\n\r\n<?xml");
  await sleep(randomInt(5));
  socket.destroy();
}

async function restart(daemon: BenchDaemon): Promise<void> {
  await daemon.call("supervisor.restart");
  await daemon.answering();
  await daemon.call("supervisor.startProcess", "listener").catch(() => null);
}

/** Brings everything to rest, and looks. */
async function holdings(daemon: BenchDaemon): Promise<Holdings> {
  daemon.configure(programs(0));
  await daemon.call("taskmaster.update");
  await daemon.call("supervisor.stopAllProcesses");
  await daemon.call("supervisor.startProcessGroup", "web");
  await daemon.call("supervisor.startProcess", "listener");
  // From now on every log of a process that runs is open.
  await daemon.call("supervisor.clearAllProcessLogs");
  await settle(daemon.pid);
  const probe = join(daemon.folder, "probe.json");
  rmSync(probe, { force: true });
  process.kill(daemon.pid, "SIGWINCH");
  while (!existsSync(probe)) await sleep(20);
  const { resources, heapBytes } = JSON.parse(readFileSync(probe, "utf8"));
  const descriptors = openFiles(daemon.pid);
  const folder = descriptors.find((path) => /pipes-\d+-\w+$/.test(path)) ?? "";
  return {
    descriptors,
    namedPipes: readdirSync(folder).length,
    resources,
    heapMiB: heapBytes / 1024 / 1024,
    residentMiB: residentMiB(daemon.pid),
  };
}

/** Waits until a second has brought no change to what is open. */
async function settle(pid: number): Promise<void> {
  let last = "";
  for (let tries = 0; tries < 30; tries++) {
    await sleep(1000);
    const open = openFiles(pid).join("\n");
    if (open === last) return;
    last = open;
  }
}

/** Without the parts of names that are new whenever something is opened. */
function openFiles(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`)
    .flatMap((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`).replace(/:\[\d+\]$|---supervisor-\w+\.log$/, "");
      } catch {
        // Closed since the folder was listed.
        return [];
      }
    })
    .sort();
}

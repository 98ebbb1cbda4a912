import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import xmlrpc from "xmlrpc";

/**
 * Starts 500 programs `sleep infinity` with startsecs=0 by one startAllProcesses call, under taskmasterd and under supervisord in
 * turn, and then looks at what the idle daemon uses. Prints JSON: medians of wall time, ratio, idle CPU, resident memory.
 */

const PROGRAMS = 500;
const ROUNDS = 5;
const SETTLE_SECONDS = 15;
const IDLE_SECONDS = 20;
const CLOCK_TICKS_PER_SECOND = 100;

const DAEMONS = {
  supervisord: "/usr/bin/supervisord",
  taskmasterd: join(import.meta.dirname, "../../src/taskmasterd.sh"),
} as const;

interface Measured {
  readonly startMillis: number;
  readonly stopMillis: number;
  readonly idleCpuMillis: number | null;
  readonly rssMiB: number;
}

const results: Record<keyof typeof DAEMONS, Measured[]> = { supervisord: [], taskmasterd: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const kind of ["supervisord", "taskmasterd"] as const) results[kind].push(await measure(kind, round === 0));
}
const medians = { supervisord: summary(results.supervisord), taskmasterd: summary(results.taskmasterd) };
const ratio = medians.taskmasterd.startMillis / medians.supervisord.startMillis;
process.stdout.write(`${JSON.stringify({ programs: PROGRAMS, rounds: ROUNDS, ...medians, startRatio: ratio }, null, 2)}\n`);

async function measure(kind: keyof typeof DAEMONS, withIdle: boolean): Promise<Measured> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `bench-${kind}-`)));
  writeFileSync(join(folder, "supervisord.conf"), configuration(folder));
  const daemon = spawn(DAEMONS[kind], ["-n", "-s", "-c", join(folder, "supervisord.conf")], { cwd: folder, stdio: "ignore" });
  try {
    const call = client(join(folder, "s.sock"));
    const pid = await answering(call);
    const startMillis = await timed(() => call("supervisor.startAllProcesses"));
    const idleCpuMillis = withIdle ? await cpuWhileIdle(pid) : null;
    const rssMiB = residentMiB(pid);
    const stopMillis = await timed(() => call("supervisor.stopAllProcesses"));
    return { startMillis, stopMillis, idleCpuMillis, rssMiB };
  } finally {
    daemon.kill("SIGTERM");
    await ended(daemon);
    rmSync(folder, { recursive: true });
  }
}

function configuration(folder: string): string {
  return `[supervisord]
logfile=${folder}/daemon.log
pidfile=${folder}/daemon.pid
childlogdir=${folder}
[unix_http_server]
file=${folder}/s.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[program:sleeper]
command=sleep infinity
numprocs=${PROGRAMS}
process_name=%(process_num)d
autostart=false
startsecs=0
`;
}

type Call = (method: string) => Promise<unknown>;

function client(socketPath: string): Call {
  const connection = xmlrpc.createClient({ socketPath, path: "/RPC2" } as { path: string });
  return (method) =>
    new Promise((resolve, reject) => {
      connection.methodCall(method, [], (error: unknown, value: unknown) => (error ? reject(error) : resolve(value)));
    });
}

async function answering(call: Call): Promise<number> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const pid = await call("supervisor.getPID").catch(() => null);
    if (typeof pid === "number") return pid;
    await sleep(20);
  }
  throw new Error("the daemon does not answer");
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

async function cpuWhileIdle(pid: number): Promise<number> {
  // What is left of the start, such as collecting its garbage, is no idling.
  await sleep(SETTLE_SECONDS * 1000);
  const before = cpuMillis(pid);
  await sleep(IDLE_SECONDS * 1000);
  return cpuMillis(pid) - before;
}

/** User and system time from /proc, in steps of 10 ms. */
function cpuMillis(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / CLOCK_TICKS_PER_SECOND;
}

function residentMiB(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

function ended(daemon: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (daemon.exitCode !== null || daemon.signalCode !== null) resolve();
    else daemon.once("exit", () => resolve());
  });
}

function summary(rounds: readonly Measured[]): Measured {
  return {
    startMillis: median(rounds.map(({ startMillis }) => startMillis)),
    stopMillis: median(rounds.map(({ stopMillis }) => stopMillis)),
    idleCpuMillis: rounds[0]?.idleCpuMillis ?? null,
    rssMiB: median(rounds.map(({ rssMiB }) => rssMiB)),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}

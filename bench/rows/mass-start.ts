import { spawn, spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { type BenchDaemon, type Kind, sleepers, withDaemon } from "../daemons.ts";
import { residentMiB, runSeconds } from "../process-usage.ts";
import { type Figures, median, type Row } from "../row.ts";

const PROGRAMS = 500;
const ROUNDS = 5;

interface Round {
  readonly startMillis: number;
  readonly stopMillis: number;
}

type Rounds = Promise<Readonly<Record<Kind, readonly Round[]>>>;

const known = new Map<number, Rounds>();

/** Rows about as many programs look at the same rounds. */
function measureOnce(programs: number): Rounds {
  const rounds = known.get(programs) ?? measureRounds(programs);
  known.set(programs, rounds);
  return rounds;
}

async function measureRounds(programs: number): Promise<Readonly<Record<Kind, readonly Round[]>>> {
  const all: Record<Kind, Round[]> = { supervisord: [], taskmasterd: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const kind of ["supervisord", "taskmasterd"] as const)
      all[kind].push(await withDaemon(kind, sleepers(programs, "autostart=false"), measureRound));
  }
  return all;
}

async function measureRound(daemon: BenchDaemon): Promise<Round> {
  const startMillis = await timed(() => daemon.call("supervisor.startAllProcesses"));
  const stopMillis = await timed(() => daemon.call("supervisor.stopAllProcesses"));
  return { startMillis, stopMillis };
}

async function figures(
  programs: number,
  key: keyof Round,
  wanted: string,
  isMet: (ours: number, floor: number) => boolean,
): Promise<Figures> {
  const { supervisord, taskmasterd } = await measureOnce(programs);
  const floor = bareChildren(programs, key);
  const ours = median(taskmasterd.map((round) => round[key]));
  const theirs = median(supervisord.map((round) => round[key]));
  return { taskmaster: ours, supervisord: theirs, floor, wanted, isMet: isMet(ours, floor) };
}

/** Resident memory while so many sleeps run, once what was needed to start them is given back. */
async function memoryFigures(programs: number, wanted: number): Promise<Figures> {
  const resident = (kind: Kind) =>
    withDaemon(kind, programs === 0 ? "" : sleepers(programs), async ({ pid }) => {
      await sleep(SETTLE_SECONDS * 1000);
      return residentMiB(pid);
    });
  const [supervisord, taskmaster] = [await resident("supervisord"), await resident("taskmasterd")];
  return { taskmaster, supervisord, floor: await bareResident(), wanted: `<= ${wanted} MiB`, isMet: taskmaster <= wanted };
}

/** Of a node that only waits. */
async function bareResident(): Promise<number> {
  const node = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  await sleep(1000);
  const resident = residentMiB(node.pid ?? 0);
  node.kill();
  return resident;
}

/** What creating and ending as many children takes without a supervisor: `posix_spawn`, `kill` and `waitpid` from Python. */
function bareChildren(programs: number, key: keyof Round): number {
  const script = `import os, time
start = time.monotonic()
pids = [os.posix_spawn("/usr/bin/sleep", ["sleep", "infinity"], os.environ) for _ in range(${programs})]
started = time.monotonic()
for pid in pids: os.kill(pid, 15)
for pid in pids: os.waitpid(pid, 0)
print((started - start) * 1000, (time.monotonic() - started) * 1000)`;
  const times = Array.from({ length: ROUNDS }, () => {
    const [start, stop] = spawnSync("python3", ["-c", script], { encoding: "utf8" }).stdout.split(" ").map(Number);
    return { startMillis: start ?? Number.NaN, stopMillis: stop ?? Number.NaN };
  });
  return median(times.map((round) => round[key]));
}

const IDLE_SECONDS = 60;
const SETTLE_SECONDS = 20;

async function idleFigures(): Promise<Figures> {
  const idle = (kind: Kind) =>
    withDaemon(kind, sleepers(100), async ({ pid }) => {
      // What is left of the start, such as collecting its garbage, is no idling.
      await sleep(SETTLE_SECONDS * 1000);
      const before = runSeconds(pid);
      await sleep(IDLE_SECONDS * 1000);
      return ((runSeconds(pid) - before) * 1000) / IDLE_SECONDS;
    });
  const [supervisord, taskmaster] = [await idle("supervisord"), await idle("taskmasterd")];
  return { taskmaster, supervisord, floor: 0, wanted: "<= 0.03", isMet: taskmaster <= 0.03 };
}

export const massStartRows: readonly Row[] = [
  {
    name: "start-500",
    work: `startAllProcesses(wait), ${PROGRAMS} x sleep, startsecs=0`,
    unit: "ms",
    measure: () => figures(PROGRAMS, "startMillis", "<= 1.3 of the floor", (ours, floor) => ours <= 1.3 * floor),
  },
  {
    name: "stop-50",
    work: "stopAllProcesses(wait), 50",
    unit: "ms",
    measure: () => figures(50, "stopMillis", "<= 30 ms", (ours) => ours <= 30),
  },
  {
    name: "stop-500",
    work: `stopAllProcesses(wait), ${PROGRAMS}`,
    unit: "ms",
    measure: () => figures(PROGRAMS, "stopMillis", "<= 90 ms", (ours) => ours <= 90),
  },
  { name: "memory-0", work: "resident memory without programs", unit: "MiB", measure: () => memoryFigures(0, 54) },
  {
    name: "memory-500",
    work: `resident memory while ${PROGRAMS} sleeps run`,
    unit: "MiB",
    measure: () => memoryFigures(PROGRAMS, 60),
  },
  { name: "idle-100", work: "CPU per second while 100 sleeps run", unit: "ms", measure: idleFigures },
];

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

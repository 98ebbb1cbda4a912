import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type BenchDaemon, type Kind, sleepers, withDaemon } from "../daemons.ts";
import { type Figures, median, type Row } from "../row.ts";

const PROGRAMS = 500;
const ROUNDS = 5;

interface Round {
  readonly startMillis: number;
  readonly stopMillis: number;
  readonly rssMiB: number;
}

let rounds: Promise<Readonly<Record<Kind, readonly Round[]>>> | undefined;

/** The three rows look at the same rounds. */
function measureOnce(): Promise<Readonly<Record<Kind, readonly Round[]>>> {
  rounds ??= measureRounds();
  return rounds;
}

async function measureRounds(): Promise<Readonly<Record<Kind, readonly Round[]>>> {
  const all: Record<Kind, Round[]> = { supervisord: [], taskmasterd: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const kind of ["supervisord", "taskmasterd"] as const)
      all[kind].push(await withDaemon(kind, sleepers(PROGRAMS, "autostart=false"), measureRound));
  }
  return all;
}

async function measureRound(daemon: BenchDaemon): Promise<Round> {
  const startMillis = await timed(() => daemon.call("supervisor.startAllProcesses"));
  const rssMiB = residentMiB(daemon.pid);
  const stopMillis = await timed(() => daemon.call("supervisor.stopAllProcesses"));
  return { startMillis, stopMillis, rssMiB };
}

async function figures(key: keyof Round, wanted: string, isMet: (ours: number, theirs: number) => boolean): Promise<Figures> {
  const { supervisord, taskmasterd } = await measureOnce();
  const ours = median(taskmasterd.map((round) => round[key]));
  const theirs = median(supervisord.map((round) => round[key]));
  return { taskmaster: ours, supervisord: theirs, floor: null, wanted, isMet: isMet(ours, theirs) };
}

const IDLE_SECONDS = 20;
const SETTLE_SECONDS = 15;

async function idleFigures(): Promise<Figures> {
  const idle = (kind: Kind) =>
    withDaemon(kind, sleepers(100), async ({ pid }) => {
      // What is left of the start, such as collecting its garbage, is no idling.
      await sleep(SETTLE_SECONDS * 1000);
      const before = cpuMillis(pid);
      await sleep(IDLE_SECONDS * 1000);
      return (cpuMillis(pid) - before) / IDLE_SECONDS;
    });
  const [supervisord, taskmaster] = [await idle("supervisord"), await idle("taskmasterd")];
  return { taskmaster, supervisord, floor: 0, wanted: "<= 0.03", isMet: taskmaster <= 0.03 };
}

export const massStartRows: readonly Row[] = [
  {
    name: "start-500",
    work: `startAllProcesses(wait), ${PROGRAMS} x sleep, startsecs=0`,
    unit: "ms",
    measure: () => figures("startMillis", "<= 0.4 of supervisord", (ours, theirs) => ours <= 0.4 * theirs),
  },
  {
    name: "stop-500",
    work: `stopAllProcesses(wait), ${PROGRAMS}`,
    unit: "ms",
    measure: () => figures("stopMillis", "<= 90 ms", (ours) => ours <= 90),
  },
  {
    name: "memory-500",
    work: `resident memory with ${PROGRAMS} sleeps`,
    unit: "MiB",
    measure: () => figures("rssMiB", "<= 60 MiB", (ours) => ours <= 60),
  },
  { name: "idle-100", work: "CPU per second while 100 sleeps run", unit: "ms", measure: idleFigures },
];

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

const CLOCK_TICKS_PER_SECOND = 100;

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

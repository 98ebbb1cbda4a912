import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BenchDaemon, type Kind, withDaemon } from "../daemons.ts";
import { median, type Row } from "../row.ts";

const MIB = 1024 * 1024;
const CLOCK_TICKS_PER_SECOND = 100;

interface Capture {
  readonly megabytesPerSecond: number;
  readonly cpuSeconds: number;
}

/** Captures what a program writes until it ends, and counts that every byte is there, rotated files included. */
async function capture(kind: Kind, command: string, bytes: number): Promise<Capture> {
  const program = `[program:writer]
command=${command}
autostart=false
autorestart=false
startsecs=0
stdout_logfile=%(here)s/out.log
stdout_logfile_maxbytes=100MB
stdout_logfile_backups=30
`;
  return withDaemon(kind, program, async (daemon) => {
    const cpu = cpuSeconds(daemon.pid);
    const start = performance.now();
    await daemon.call("supervisor.startProcess", "writer");
    while (captured(daemon) < bytes) await sleep(5);
    const seconds = (performance.now() - start) / 1000;
    await sleep(300);
    if (captured(daemon) !== bytes) throw new Error(`${kind} has ${captured(daemon)} of ${bytes} bytes`);
    return { megabytesPerSecond: bytes / 1e6 / seconds, cpuSeconds: cpuSeconds(daemon.pid) - cpu };
  });
}

function captured({ folder }: BenchDaemon): number {
  return readdirSync(folder)
    .filter((name) => name.startsWith("out.log"))
    .reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
}

interface Work {
  readonly name: string;
  readonly work: string;
  readonly command: string;
  readonly bytes: number;
  /** Seconds of the daemon's processor time that a GiB may take. */
  readonly cpuWanted: number;
}

/** Both rows look at the same rounds. */
function captureRows({ name, work, command, bytes, cpuWanted }: Work): readonly Row[] {
  let rounds: Promise<Readonly<Record<Kind, readonly Capture[]>>> | undefined;
  const measureAll = async () => {
    const all: Record<Kind, Capture[]> = { supervisord: [], taskmasterd: [] };
    for (let round = 0; round < 3; round++)
      for (const kind of ["supervisord", "taskmasterd"] as const) all[kind].push(await capture(kind, command, bytes));
    return all;
  };
  const figure = async (key: keyof Capture) => {
    rounds ??= measureAll();
    const { supervisord, taskmasterd } = await rounds;
    return [median(taskmasterd.map((round) => round[key])), median(supervisord.map((round) => round[key]))] as const;
  };
  return [
    {
      name: `${name}-speed`,
      work,
      unit: "MB/s",
      async measure() {
        const [taskmaster, supervisord] = await figure("megabytesPerSecond");
        return { taskmaster, supervisord, floor: null, wanted: ">= 1.2 x", isMet: taskmaster >= 1.2 * supervisord };
      },
    },
    {
      name: `${name}-cpu`,
      work: `the same: CPU of the daemon for a GiB`,
      unit: "s",
      async measure() {
        const perGiB = (1024 * MIB) / bytes;
        const [taskmaster, supervisord] = (await figure("cpuSeconds")).map((seconds) => seconds * perGiB) as [number, number];
        return { taskmaster, supervisord, floor: null, wanted: `<= ${cpuWanted} s`, isMet: taskmaster <= cpuWanted };
      },
    },
  ];
}

const LINES = `sh -c "yes $(printf '%%0100d' 7 | cut -c2-) | head -c ${256 * MIB}"`;

export const logRows: readonly Row[] = [
  ...captureRows({
    name: "log-blocks",
    work: "log capture, 1 GiB in 64 KiB writes, rotation on",
    command: `dd if=/dev/zero bs=64k count=${1024 * 16} status=none`,
    bytes: 1024 * MIB,
    cpuWanted: 0.55,
  }),
  ...captureRows({
    name: "log-lines",
    work: "log capture, 256 MiB in lines of 100 bytes",
    command: LINES,
    bytes: 256 * MIB,
    cpuWanted: 3.2,
  }),
];

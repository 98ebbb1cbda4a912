import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BenchDaemon, type Kind, withDaemon } from "../daemons.ts";
import { cpuSeconds } from "../process-usage.ts";
import { median, type Row } from "../row.ts";

const MIB = 1024 * 1024;
const DEADLINE_MS = 120_000;

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
    writeFileSync(join(daemon.folder, "writer.py"), LINE_WRITER);
    const cpu = cpuSeconds(daemon.pid);
    const start = performance.now();
    await daemon.call("supervisor.startProcess", "writer");
    const seconds = ((await allCaptured(daemon, bytes)) - start) / 1000;
    return { megabytesPerSecond: bytes / 1e6 / seconds, cpuSeconds: cpuSeconds(daemon.pid) - cpu };
  });
}

/**
 * Waits until as many bytes are in the logs.
 * @returns when they were.
 * @throws when some are lost, or there are too many.
 */
async function allCaptured(daemon: BenchDaemon, bytes: number): Promise<number> {
  const deadline = performance.now() + DEADLINE_MS;
  while (captured(daemon) < bytes && performance.now() < deadline) await sleep(5);
  const now = performance.now();
  await sleep(300);
  const found = captured(daemon);
  if (found !== bytes) throw new Error(`there are ${found} of ${bytes} bytes`);
  return now;
}

function captured({ folder }: BenchDaemon): number {
  return readdirSync(folder)
    .filter((name) => name.startsWith("out.log"))
    .reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
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
  const floor = () => shellSpeed(command, bytes);
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
        return { taskmaster, supervisord, floor: floor(), wanted: ">= 1.2 x", isMet: taskmaster >= 1.2 * supervisord };
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

/** What the shell makes of it: `command | cat >file`, in MB/s. */
function shellSpeed(command: string, bytes: number): number {
  const folder = mkdtempSync(join(tmpdir(), "bench-shell-"));
  writeFileSync(join(folder, "writer.py"), LINE_WRITER);
  const start = performance.now();
  spawnSync("sh", ["-c", `${command.replace("%(here)s", folder)} | cat >${folder}/out`], { stdio: "ignore" });
  const seconds = (performance.now() - start) / 1000;
  rmSync(folder, { recursive: true });
  return bytes / 1e6 / seconds;
}

/** Writes lines of 100 bytes, each by a call of its own, and sleeps as asked between bundles of them. */
const LINE_WRITER = `import os, sys, time
bundles, lines, pause = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
line = b"7" * 99 + b"\\n"
next = time.monotonic()
for _ in range(bundles):
    for _ in range(lines):
        os.write(1, line)
    next += pause
    if pause:
        time.sleep(max(0, next - time.monotonic()))
`;

const LINE_BYTES = 100;
const LINES = Math.floor((256 * MIB) / LINE_BYTES);

const CHILDREN = 100;
const LOGGING_SECONDS = 10;
const BUNDLES_PER_SECOND = 20;
const LINES_PER_BUNDLE = 100;

/** What the daemon needs to log a hundred programs that write 2,000 lines a second each. */
const manyWritersRow: Row = {
  name: "log-100-writers",
  work: `${CHILDREN} children x 2,000 lines/s for ${LOGGING_SECONDS} s: CPU of the daemon`,
  unit: "s",
  async measure() {
    const bundles = LOGGING_SECONDS * BUNDLES_PER_SECOND;
    const programs = `[program:writer]
command=python3 %(here)s/writer.py ${bundles} ${LINES_PER_BUNDLE} ${1 / BUNDLES_PER_SECOND}
numprocs=${CHILDREN}
process_name=writer_%(process_num)03d
autostart=false
autorestart=false
startsecs=0
stdout_logfile=%(here)s/out.log-%(process_num)03d
stdout_logfile_maxbytes=0
`;
    const cpu = (kind: Kind) =>
      withDaemon(kind, programs, async (daemon) => {
        writeFileSync(join(daemon.folder, "writer.py"), LINE_WRITER);
        const before = cpuSeconds(daemon.pid);
        await daemon.call("supervisor.startAllProcesses");
        await allCaptured(daemon, CHILDREN * bundles * LINES_PER_BUNDLE * LINE_BYTES);
        return cpuSeconds(daemon.pid) - before;
      });
    const [supervisord, taskmaster] = [await cpu("supervisord"), await cpu("taskmasterd")];
    return { taskmaster, supervisord, floor: null, wanted: "<= 3.5 s", isMet: taskmaster <= 3.5 };
  },
};

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
    work: "log capture, 256 MiB in 100-byte lines",
    command: `python3 %(here)s/writer.py 1 ${LINES} 0`,
    bytes: LINES * LINE_BYTES,
    cpuWanted: 3.2,
  }),
  manyWritersRow,
];

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BenchDaemon, type Kind, type ProcessInfo, sleepers, withDaemon } from "../daemons.ts";
import { descriptorCount } from "../process-usage.ts";
import { percentile, type Row } from "../row.ts";

const KILLS: Readonly<Record<Kind, number>> = { supervisord: 12, taskmasterd: 100 };

/** The processes that run besides. */
const OTHERS = 200;

/** Milliseconds from a SIGKILL until the next process, a shell, has said a word into a pipe, and somebody has heard it. */
async function respawnMillis(kind: Kind, others: number): Promise<readonly number[]> {
  const program = `[program:phoenix]
command=sh -c "echo born >%(here)s/births; exec sleep infinity"
autorestart=true
startsecs=0
startretries=1000000
`;
  const folder = mkdtempSync(join(tmpdir(), "bench-births-"));
  execFileSync("mkfifo", [join(folder, "births")]);
  const births = new Socket({ fd: openSync(join(folder, "births"), constants.O_RDWR | constants.O_NONBLOCK), writable: false });
  const times: number[] = [];
  const text = program.replace("%(here)s", folder) + (others > 0 ? sleepers(others) : "");
  try {
    await withDaemon(kind, text, async (daemon) => {
      await sleep(3000);
      births.resume();
      for (let round = 0; round < KILLS[kind]; round++) {
        const { pid } = (await daemon.call("supervisor.getProcessInfo", "phoenix")) as ProcessInfo;
        const born = once(births, "data");
        const start = performance.now();
        process.kill(pid, "SIGKILL");
        await born;
        times.push(performance.now() - start);
        await sleep(30);
      }
    });
  } finally {
    births.destroy();
    rmSync(folder, { recursive: true });
  }
  return times;
}

/** The same without a supervisor: somebody starts such a shell, and hears it. */
async function shellMillis(): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 50; round++) {
    const start = performance.now();
    const child = spawn("sh", ["-c", "echo born; exec sleep infinity"], { stdio: ["ignore", "pipe", "ignore"] });
    await once(child.stdout, "data");
    times.push(performance.now() - start);
    child.kill();
    await once(child, "exit");
  }
  return times;
}

/** All rows look at the same deaths. */
function respawnRows(): readonly Row[] {
  const known = new Map<number, Promise<Readonly<Record<Kind | "shell", readonly number[]>>>>();
  const measureWith = async (others: number) => ({
    supervisord: await respawnMillis("supervisord", others),
    taskmasterd: await respawnMillis("taskmasterd", others),
    shell: await shellMillis(),
  });
  const row = (percent: number, others: number, wanted: number): Row => ({
    name: `respawn-p${percent}${others > 0 ? `-${others}` : ""}`,
    work: `SIGKILL to the first word of the next shell${others > 0 ? `, ${others} others run` : ""}, p${percent}`,
    unit: "ms",
    async measure() {
      const measured = known.get(others) ?? measureWith(others);
      known.set(others, measured);
      const { supervisord, taskmasterd, shell } = await measured;
      const taskmaster = percentile(taskmasterd, percent);
      return {
        taskmaster,
        supervisord: percentile(supervisord, percent),
        floor: percentile(shell, percent),
        wanted: `<= ${wanted} ms`,
        isMet: taskmaster <= wanted,
      };
    },
  });
  return [row(50, 0, 2.5), row(99, 0, 6), row(50, OTHERS, 2.5), row(99, OTHERS, 6)];
}

const descriptorsRow: Row = {
  name: "descriptors",
  work: "descriptors of the daemon for each running process",
  unit: "",
  async measure() {
    const count = ({ pid }: BenchDaemon) => descriptorCount(pid);
    const perProcess = async (kind: Kind) => {
      const few = await withDaemon(kind, sleepers(10), settled(count));
      const many = await withDaemon(kind, sleepers(110), settled(count));
      return (many - few) / 100;
    };
    const [supervisord, taskmaster] = [await perProcess("supervisord"), await perProcess("taskmasterd")];
    return { taskmaster, supervisord, floor: null, wanted: "<= 4", isMet: taskmaster <= 4 };
  },
};

function settled<Value>(look: (daemon: BenchDaemon) => Value): (daemon: BenchDaemon) => Promise<Value> {
  return async (daemon) => {
    await sleep(2500);
    return look(daemon);
  };
}

export const childrenRows: readonly Row[] = [...respawnRows(), descriptorsRow];

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BenchDaemon, type Kind, sleepers, withDaemon } from "../daemons.ts";
import { median, type Row } from "../row.ts";

const KILLS = 40;

/** Milliseconds from SIGKILL to the first instruction of the next process, which notes the time. */
async function respawnMillis(kind: Kind, rounds: number): Promise<readonly number[]> {
  const program = `[program:phoenix]
command=sh -c "date +%%s%%N >>%(here)s/born; exec sleep infinity"
autorestart=true
startsecs=0
`;
  return withDaemon(kind, program, async (daemon) => {
    const born = () => readFileSync(join(daemon.folder, "born"), "utf8").trim().split("\n").map(Number);
    const times: number[] = [];
    await sleep(1500);
    for (let round = 0; round < rounds; round++) {
      const { pid } = (await daemon.call("supervisor.getProcessInfo", "phoenix")) as { pid: number };
      const before = born().length;
      const killedAt = (performance.timeOrigin + performance.now()) * 1e6;
      process.kill(pid, "SIGKILL");
      while (born().length === before) await sleep(1);
      times.push(((born().at(-1) ?? 0) - killedAt) / 1e6);
      await sleep(20);
    }
    return times;
  });
}

const respawnRow: Row = {
  name: "respawn",
  work: "SIGKILL until the next process notes the time (sh and date included), p50",
  unit: "ms",
  async measure() {
    const supervisord = median(await respawnMillis("supervisord", 8));
    const taskmaster = median(await respawnMillis("taskmasterd", KILLS));
    return { taskmaster, supervisord, floor: null, wanted: "<= 6 ms", isMet: taskmaster <= 6 };
  },
};

const descriptorsRow: Row = {
  name: "descriptors",
  work: "descriptors of the daemon for each running process",
  unit: "",
  async measure() {
    const count = ({ pid }: BenchDaemon) => readdirSync(`/proc/${pid}/fd`).length;
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

export const childrenRows: readonly Row[] = [respawnRow, descriptorsRow];

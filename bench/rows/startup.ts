import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { configurationHead, type Kind, LAUNCHERS, sleepers } from "../daemons.ts";
import { median, type Row } from "../row.ts";

const ROUNDS = 7;

/** From exec to the moment at which `isThere` holds, looked for every millisecond. */
async function millisUntil(kind: Kind, programs: string, isThere: (folder: string) => Promise<boolean>): Promise<number> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "bench-start-")));
  writeFileSync(join(folder, "supervisord.conf"), configurationHead(folder) + programs);
  const start = performance.now();
  const daemon = spawn(LAUNCHERS[kind], ["-n", "-s", "-c", join(folder, "supervisord.conf")], { cwd: folder, stdio: "ignore" });
  while (!(await isThere(folder))) await sleep(1);
  const millis = performance.now() - start;
  daemon.kill("SIGTERM");
  await once(daemon, "exit");
  rmSync(folder, { recursive: true });
  return millis;
}

const BODY = "<?xml version='1.0'?><methodCall><methodName>supervisor.getPID</methodName><params></params></methodCall>";

/** Whether a call is answered. */
function answers(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (!existsSync(join(folder, "s.sock"))) return resolve(false);
    const socket = connect(join(folder, "s.sock"));
    let text = "";
    socket.on("error", () => resolve(false));
    socket.on("data", (piece) => {
      text += piece;
    });
    socket.on("close", () => resolve(text.includes("<int>")));
    socket.write(`POST /RPC2 HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`);
  });
}

function startRow(name: string, work: string, programs: string, share: number): Row {
  return {
    name,
    work,
    unit: "ms",
    async measure() {
      const times: Record<Kind, number[]> = { taskmasterd: [], supervisord: [] };
      const floor: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        for (const kind of ["supervisord", "taskmasterd"] as const) times[kind].push(await millisUntil(kind, programs, answers));
        floor.push(await bareNode());
      }
      const [taskmaster, supervisord] = [median(times.taskmasterd), median(times.supervisord)];
      return {
        taskmaster,
        supervisord,
        floor: median(floor),
        wanted: `<= ${share} of supervisord`,
        isMet: taskmaster <= share * supervisord,
      };
    },
  };
}

async function bareNode(): Promise<number> {
  const start = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - start;
}

const AUTOSTARTED = 100;

const autostartRow: Row = {
  name: "autostart-100",
  work: `exec until the last of ${AUTOSTARTED} autostarted programs executes`,
  unit: "ms",
  async measure() {
    const programs = `[program:mark]
command=sh -c "echo x >>marks; exec sleep infinity"
directory=%(here)s
numprocs=${AUTOSTARTED}
process_name=mark_%(process_num)03d
startsecs=0
`;
    const isThere = async (folder: string) =>
      existsSync(join(folder, "marks")) && readFileSync(join(folder, "marks")).length >= 2 * AUTOSTARTED;
    const times: Record<Kind, number[]> = { taskmasterd: [], supervisord: [] };
    for (let round = 0; round < 5; round++)
      for (const kind of ["supervisord", "taskmasterd"] as const) times[kind].push(await millisUntil(kind, programs, isThere));
    const [taskmaster, supervisord] = [median(times.taskmasterd), median(times.supervisord)];
    return { taskmaster, supervisord, floor: null, wanted: "<= 250 ms", isMet: taskmaster <= 250 };
  },
};

export const startupRows: readonly Row[] = [
  startRow("start-0", "exec to first answer, 0 programs", "", 1),
  startRow("start-1000", "exec to first answer, 1,000 programs, none started", sleepers(1000, "autostart=false"), 0.3),
  startRow("start-5000", "exec to first answer, 5,000 programs, none started", sleepers(5000, "autostart=false"), 0.3),
  autostartRow,
];

import { writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BenchDaemon, withDaemon } from "../daemons.ts";
import { listenerScript } from "../listener-script.ts";
import { residentMiB } from "../process-usage.ts";
import { type Extent, percentile, type Row } from "../row.ts";

const SECONDS: Readonly<Record<Extent, number>> = { short: 30, long: 300 };
const CHILDREN = 10;
const MAX_MIB = 120;
const MAX_MS = 50;

const PROGRAMS = `[program:flood]
command=yes the river is in flood and will be for quite a while
numprocs=${CHILDREN}
process_name=flood_%(process_num)d
autostart=false
startsecs=0
stopasgroup=true
stdout_logfile=%(here)s/flood_%(process_num)d.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=1
stdout_events_enabled=true
[eventlistener:slow]
command=python3 %(here)s/slow.py
events=PROCESS_LOG
autostart=false
startsecs=0
`;

interface Flood {
  readonly mostMiB: number;
  /** What each call took, in milliseconds. */
  readonly calls: readonly number[];
}

async function flood(seconds: number): Promise<Flood> {
  return withDaemon("taskmasterd", PROGRAMS, async (daemon) => {
    writeFileSync(join(daemon.folder, "slow.py"), listenerScript(0.1));
    await daemon.call("supervisor.startAllProcesses");
    const reader = slowReader(daemon);
    const end = performance.now() + seconds * 1000;
    let mostMiB = 0;
    const calls: number[] = [];
    while (performance.now() < end) {
      const start = performance.now();
      await daemon.call("supervisor.getState");
      calls.push(performance.now() - start);
      mostMiB = Math.max(mostMiB, residentMiB(daemon.pid));
      await sleep(20);
    }
    reader.destroy();
    return { mostMiB, calls };
  });
}

/** Follows the log of one of the floods, and takes a little of it ten times a second. */
function slowReader({ port }: BenchDaemon): Socket {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.write("GET /logtail/flood:flood_0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  socket.on("data", () => {
    socket.pause();
    setTimeout(() => socket.resume(), 100);
  });
  socket.on("error", () => {});
  return socket;
}

let measured: Promise<Flood> | undefined;

/** Both rows look at the same flood. */
function measureOnce(extent: Extent): Promise<Flood> {
  measured ??= flood(SECONDS[extent]);
  return measured;
}

const WORK = `${CHILDREN} children write as fast as they can, a slow reader and a slow listener`;

export const floodRows: readonly Row[] = [
  {
    name: "flood-memory",
    work: `${WORK}: most resident memory`,
    unit: "MiB",
    async measure(extent) {
      const { mostMiB } = await measureOnce(extent);
      return { taskmaster: mostMiB, supervisord: null, floor: null, wanted: `<= ${MAX_MIB} MiB`, isMet: mostMiB <= MAX_MIB };
    },
  },
  {
    name: "flood-answers",
    work: "the same: getState, a call on a connection of its own, p99",
    unit: "ms",
    async measure(extent) {
      const taskmaster = percentile((await measureOnce(extent)).calls, 99);
      return { taskmaster, supervisord: null, floor: null, wanted: `<= ${MAX_MS} ms`, isMet: taskmaster <= MAX_MS };
    },
  },
];

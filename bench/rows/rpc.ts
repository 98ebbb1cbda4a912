import { Agent, request } from "node:http";
import { type BenchDaemon, type Kind, sleepers, withDaemon } from "../daemons.ts";
import { median, type Row } from "../row.ts";

const SECONDS = 3;
const WARM_UP_MS = 1000;

interface Load {
  readonly method: string;
  readonly parameter?: string;
  readonly connections: number;
}

/** Calls answered in a second, over the unix socket with connections that stay. */
async function callsPerSecond(daemon: BenchDaemon, { method, parameter, connections }: Load): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const body = bodyOf(method, parameter);
  let count = 0;
  const worker = async (until: number) => {
    while (performance.now() < until) {
      await post(daemon.socket, agent, body);
      count += 1;
    }
  };
  // The engine takes a while to find out what is worth compiling.
  await worker(performance.now() + WARM_UP_MS);
  count = 0;
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, () => worker(start + SECONDS * 1000)));
  agent.destroy();
  return (count * 1000) / (performance.now() - start);
}

function bodyOf(method: string, parameter?: string): string {
  const params = parameter === undefined ? "" : `<param><value><string>${parameter}</string></value></param>`;
  return `<?xml version='1.0'?><methodCall><methodName>${method}</methodName><params>${params}</params></methodCall>`;
}

function post(socketPath: string, agent: Agent, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "text/xml", "Content-Length": body.length };
    const call = request({ socketPath, agent, method: "POST", path: "/RPC2", headers }, (answer) => {
      let length = 0;
      answer.on("data", (piece: Buffer) => {
        length += piece.length;
      });
      answer.on("end", () => resolve(length));
    });
    call.on("error", reject);
    call.end(body);
  });
}

function rateRow(name: string, work: string, programs: number, load: Load, factor: number): Row {
  return {
    name,
    work,
    unit: "/s",
    async measure() {
      const rate = (kind: Kind) =>
        withDaemon(kind, sleepers(programs, "autostart=false"), (daemon) => callsPerSecond(daemon, load));
      const supervisord = await rate("supervisord");
      const taskmaster = await rate("taskmasterd");
      return { taskmaster, supervisord, floor: null, wanted: `>= ${factor} x`, isMet: taskmaster >= factor * supervisord };
    },
  };
}

function allInfoRow(programs: number, wanted: number): Row {
  return {
    name: `all-info-${programs}`,
    work: `getAllProcessInfo, ${programs} programs, one call`,
    unit: "ms",
    async measure() {
      const millis = (kind: Kind, rounds: number) =>
        withDaemon(kind, sleepers(programs, "autostart=false"), async (daemon) => {
          const agent = new Agent({ keepAlive: true });
          const times: number[] = [];
          for (let round = 0; round < rounds; round++) {
            const start = performance.now();
            await post(daemon.socket, agent, bodyOf("supervisor.getAllProcessInfo"));
            times.push(performance.now() - start);
          }
          agent.destroy();
          return median(times);
        });
      const supervisord = await millis("supervisord", 5);
      const taskmaster = await millis("taskmasterd", 60);
      return { taskmaster, supervisord, floor: null, wanted: `<= ${wanted} ms`, isMet: taskmaster <= wanted };
    },
  };
}

export const rpcRows: readonly Row[] = [
  rateRow("get-state", "getState, unix, 8 connections", 0, { method: "supervisor.getState", connections: 8 }, 2),
  rateRow(
    "get-info",
    "getProcessInfo with 1,000 programs, 8 connections",
    1000,
    { method: "supervisor.getProcessInfo", parameter: "sleeper:sleeper_0500", connections: 8 },
    5,
  ),
  rateRow(
    "all-info-rate",
    "getAllProcessInfo, 100 programs, 1 connection, unix",
    100,
    { method: "supervisor.getAllProcessInfo", connections: 1 },
    8,
  ),
  allInfoRow(1000, 5),
  allInfoRow(3000, 16),
];

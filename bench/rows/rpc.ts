import { once } from "node:events";
import { connect, type NetConnectOpts, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type BenchDaemon, type Kind, sleepers, withDaemon } from "../daemons.ts";
import { median, type Row } from "../row.ts";

const SECONDS = 3;
const WARM_UP_MS = 1000;
const ROUNDS = 60;

interface Load {
  readonly method: string;
  readonly parameter?: string;
  readonly connections: number;
  readonly over: "tcp" | "unix";
}

/**
 * A connection that stays and asks one thing after the other. It does as little as it can, not even make a promise for a call, for it is
 * not what is measured.
 */
class Caller {
  readonly #socket: Socket;
  readonly #request: Buffer;
  readonly #answered: () => void;
  #received = 0;
  #expected = 0;

  /** @param answered - called after each answer; the next call is made by `ask`. */
  constructor(place: NetConnectOpts, body: string, answered: () => void) {
    const head = `POST /RPC2 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n`;
    this.#request = Buffer.from(head + body);
    this.#answered = answered;
    this.#socket = connect(place).setNoDelay(true);
    this.#socket.on("data", (piece) => this.#take(piece));
  }

  ask(): void {
    this.#received = 0;
    this.#socket.write(this.#request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(piece: Buffer): void {
    if (this.#received === 0) {
      const end = piece.indexOf("\r\n\r\n");
      const length = /content-length: *(\d+)/i.exec(piece.toString("latin1", 0, end))?.[1];
      this.#expected = end + 4 + Number(length);
    }
    this.#received += piece.length;
    if (this.#received >= this.#expected) this.#answered();
  }
}

function placeOf(daemon: BenchDaemon, over: Load["over"]): NetConnectOpts {
  return over === "tcp" ? { port: daemon.port, host: "127.0.0.1" } : { path: daemon.socket };
}

/** Calls answered in a second. */
async function callsPerSecond(place: NetConnectOpts, { method, parameter, connections }: Load): Promise<number> {
  let count = 0;
  const callers = Array.from({ length: connections }, () => {
    const caller: Caller = new Caller(place, bodyOf(method, parameter), () => {
      count += 1;
      caller.ask();
    });
    caller.ask();
    return caller;
  });
  // The engine takes a while to find out what is worth compiling.
  await sleep(WARM_UP_MS);
  const [before, start] = [count, performance.now()];
  await sleep(SECONDS * 1000);
  const rate = ((count - before) * 1000) / (performance.now() - start);
  for (const caller of callers) caller.close();
  return rate;
}

/** What each of some calls took, one after the other, in milliseconds. */
async function callTimes(place: NetConnectOpts, body: string, rounds: number): Promise<readonly number[]> {
  const times: number[] = [];
  let [start, done] = [0, () => {}];
  const caller = new Caller(place, body, () => {
    times.push(performance.now() - start);
    done();
  });
  while (times.length < rounds) {
    await new Promise<void>((resolve) => {
      done = resolve;
      start = performance.now();
      caller.ask();
    });
  }
  caller.close();
  return times;
}

function bodyOf(method: string, parameter?: string): string {
  const params = parameter === undefined ? "" : `<param><value><string>${parameter}</string></value></param>`;
  return `<?xml version='1.0'?><methodCall><methodName>${method}</methodName><params>${params}</params></methodCall>`;
}

/** What a server that does nothing but answer answers with. */
const BARE_SERVER = `
  const { createServer } = require("node:http");
  const answer = "x".repeat(400);
  const server = createServer((asked, to) => asked.resume().on("end", () => to.end(answer)));
  server.listen(0, "127.0.0.1", () => require("node:worker_threads").parentPort.postMessage(server.address().port));
`;

/** The same calls to such a server, on a thread of its own. */
async function bareServer(load: Load): Promise<number> {
  const server = new Worker(BARE_SERVER, { eval: true });
  const [port] = await once(server, "message");
  const rate = await callsPerSecond({ port, host: "127.0.0.1" }, load);
  await server.terminate();
  return rate;
}

function rateRow(name: string, work: string, programs: number, load: Load, factor: number): Row {
  return {
    name,
    work,
    unit: "/s",
    async measure() {
      const rate = (kind: Kind) =>
        withDaemon(kind, sleepers(programs, "autostart=false"), (daemon) => callsPerSecond(placeOf(daemon, load.over), load));
      const supervisord = await rate("supervisord");
      const taskmaster = await rate("taskmasterd");
      const floor = await bareServer(load);
      return { taskmaster, supervisord, floor, wanted: `>= ${factor} x`, isMet: taskmaster >= factor * supervisord };
    },
  };
}

/** What one call about all of so many programs takes; the median, in milliseconds. */
function allInfoMillis(kind: Kind, programs: number, rounds: number): Promise<number> {
  return withDaemon(kind, sleepers(programs, "autostart=false"), async (daemon) =>
    median(await callTimes(placeOf(daemon, "unix"), bodyOf("supervisor.getAllProcessInfo"), rounds)),
  );
}

function allInfoRow(programs: number, wanted: number): Row {
  return {
    name: `all-info-${programs}`,
    work: `getAllProcessInfo, ${programs} programs, one call`,
    unit: "ms",
    async measure() {
      const supervisord = await allInfoMillis("supervisord", programs, 5);
      const taskmaster = await allInfoMillis("taskmasterd", programs, ROUNDS);
      return { taskmaster, supervisord, floor: null, wanted: `<= ${wanted} ms`, isMet: taskmaster <= wanted };
    },
  };
}

const SIZES = [100, 300, 1000, 3000];

/** With which power of the number of programs the time of one call grows: the slope of the line through the points in a log-log plot. */
const growthRow: Row = {
  name: "all-info-growth",
  work: `getAllProcessInfo: the power of growth over ${SIZES.join(", ")} programs`,
  unit: "",
  async measure() {
    const slopeOf = async (kind: Kind, rounds: number) => {
      const points: (readonly [number, number])[] = [];
      for (const size of SIZES) points.push([Math.log(size), Math.log(await allInfoMillis(kind, size, rounds))]);
      return slope(points);
    };
    const supervisord = await slopeOf("supervisord", 5);
    const taskmaster = await slopeOf("taskmasterd", ROUNDS);
    return { taskmaster, supervisord, floor: null, wanted: "<= 1.05", isMet: taskmaster <= 1.05 };
  },
};

/** Of the line that fits best, by least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point[0])), mean(points.map((point) => point[1]))];
  const of = (weigh: (point: readonly [number, number]) => number) => mean(points.map(weigh));
  return of((point) => (point[0] - x) * (point[1] - y)) / of((point) => (point[0] - x) ** 2);
}

export const rpcRows: readonly Row[] = [
  rateRow("get-state", "getState, TCP, 8 connections", 0, { method: "supervisor.getState", connections: 8, over: "tcp" }, 2),
  rateRow(
    "get-info",
    "getProcessInfo with 1,000 programs, TCP, 8 connections",
    1000,
    { method: "supervisor.getProcessInfo", parameter: "sleeper:sleeper_0500", connections: 8, over: "tcp" },
    5,
  ),
  rateRow(
    "all-info-tcp",
    "getAllProcessInfo, 100 programs, TCP, 1 connection",
    100,
    { method: "supervisor.getAllProcessInfo", connections: 1, over: "tcp" },
    40,
  ),
  rateRow(
    "all-info-unix",
    "getAllProcessInfo, 100 programs, unix, 1 connection",
    100,
    { method: "supervisor.getAllProcessInfo", connections: 1, over: "unix" },
    8,
  ),
  allInfoRow(1000, 5),
  allInfoRow(3000, 16),
  growthRow,
];

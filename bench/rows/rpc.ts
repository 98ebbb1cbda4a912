import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type NetConnectOpts, type Socket } from "node:net";
import { type BenchDaemon, type Kind, sleepers, withDaemon } from "../daemons.ts";
import { median, type Row } from "../row.ts";

const SECONDS = 3;
const WARM_UP_MS = 1000;

interface Load {
  readonly method: string;
  readonly parameter?: string;
  readonly connections: number;
  readonly over: "tcp" | "unix";
}

/** A connection that stays and asks one thing after the other; it does as little as it can, for it is not what is measured. */
class Caller {
  readonly #socket: Socket;
  readonly #request: Buffer;

  constructor(place: NetConnectOpts, body: string) {
    this.#socket = connect(place).setNoDelay(true);
    const head = `POST /RPC2 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n`;
    this.#request = Buffer.from(head + body);
  }

  /** @returns the length of the answer. */
  call(): Promise<number> {
    return new Promise((resolve, reject) => {
      let [received, expected] = [0, 0];
      const take = (piece: Buffer) => {
        if (received === 0) {
          const end = piece.indexOf("\r\n\r\n");
          const length = /content-length: *(\d+)/i.exec(piece.toString("latin1", 0, end))?.[1];
          expected = end + 4 + Number(length);
        }
        received += piece.length;
        if (received < expected) return;
        this.#socket.off("data", take).off("error", reject);
        resolve(received);
      };
      this.#socket.on("data", take);
      this.#socket.once("error", reject);
      this.#socket.write(this.#request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}

function placeOf(daemon: BenchDaemon, over: Load["over"]): NetConnectOpts {
  return over === "tcp" ? { port: daemon.port, host: "127.0.0.1" } : { path: daemon.socket };
}

/** Calls answered in a second. */
async function callsPerSecond(place: NetConnectOpts, { method, parameter, connections }: Load): Promise<number> {
  const callers = Array.from({ length: connections }, () => new Caller(place, bodyOf(method, parameter)));
  let count = 0;
  const work = async (caller: Caller, until: number) => {
    while (performance.now() < until) {
      await caller.call();
      count += 1;
    }
  };
  // The engine takes a while to find out what is worth compiling.
  await Promise.all(callers.map((caller) => work(caller, performance.now() + WARM_UP_MS)));
  count = 0;
  const start = performance.now();
  await Promise.all(callers.map((caller) => work(caller, start + SECONDS * 1000)));
  for (const caller of callers) caller.close();
  return (count * 1000) / (performance.now() - start);
}

function bodyOf(method: string, parameter?: string): string {
  const params = parameter === undefined ? "" : `<param><value><string>${parameter}</string></value></param>`;
  return `<?xml version='1.0'?><methodCall><methodName>${method}</methodName><params>${params}</params></methodCall>`;
}

/** The same calls to a server that does nothing but answer; it shares this process with the callers. */
async function bareServer(load: Load): Promise<number> {
  const answer = "x".repeat(400);
  const server = createServer((asked, to) => {
    asked.resume();
    asked.on("end", () => to.end(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const rate = await callsPerSecond({ port: (server.address() as AddressInfo).port, host: "127.0.0.1" }, load);
  server.closeAllConnections();
  server.close();
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

function allInfoRow(programs: number, wanted: number): Row {
  return {
    name: `all-info-${programs}`,
    work: `getAllProcessInfo, ${programs} programs, one call`,
    unit: "ms",
    async measure() {
      const millis = (kind: Kind, rounds: number) =>
        withDaemon(kind, sleepers(programs, "autostart=false"), async (daemon) => {
          const caller = new Caller(placeOf(daemon, "unix"), bodyOf("supervisor.getAllProcessInfo"));
          const times: number[] = [];
          for (let round = 0; round < rounds; round++) {
            const start = performance.now();
            await caller.call();
            times.push(performance.now() - start);
          }
          caller.close();
          return median(times);
        });
      const supervisord = await millis("supervisord", 5);
      const taskmaster = await millis("taskmasterd", 60);
      return { taskmaster, supervisord, floor: null, wanted: `<= ${wanted} ms`, isMet: taskmaster <= wanted };
    },
  };
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
];

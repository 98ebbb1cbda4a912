import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FcgiSocketConfig } from "../../src/model/config.ts";
import { signalNumber } from "../../src/model/signal.ts";
import { PYTHON } from "../support/python.ts";
import { aProcess, idOf, Nursery, until } from "./support.ts";

const KILL = signalNumber("KILL");

/** Accepts on descriptor 0 and answers each connection with a word. */
const SERVER = [
  "import os, socket, sys",
  "listener = socket.socket(fileno=0)",
  "while True:",
  "    connection, _ = listener.accept()",
  "    connection.sendall(sys.argv[1].encode())",
  "    connection.close()",
].join("\n");

let nursery: Nursery;
beforeEach(() => {
  nursery = new Nursery();
});
afterEach(() => nursery.close());

function unixSocket(change: Partial<FcgiSocketConfig> = {}): FcgiSocketConfig {
  return { url: `unix://${nursery.path("fcgi.sock")}`, owner: null, mode: 0o700, backlog: null, ...change };
}

function aServer(socket: FcgiSocketConfig, name = "p", group = "g") {
  return aProcess([PYTHON, "-c", SERVER, name], { socket }, name, group);
}

/** Connects and reads the answer. */
function ask(place: string | number): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = typeof place === "string" ? createConnection(place) : createConnection(place, "127.0.0.1");
    let answer = "";
    connection.on("data", (data) => {
      answer += data;
    });
    connection.on("end", () => resolve(answer));
    connection.on("error", reject);
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function kill(pid: number): Promise<void> {
  nursery.children.signal(pid, KILL, "process");
  await nursery.exitOf(pid);
}

describe("the socket of a FastCGI program", () => {
  it("is descriptor 0 of its processes, on a unix path", async () => {
    nursery.spawn(aServer(unixSocket()));
    expect(await ask(nursery.path("fcgi.sock"))).toBe("p");
  });

  it.each(["127.0.0.1", "localhost"])("is descriptor 0 of its processes, on a port of %s", async (host) => {
    const port = await freePort();
    nursery.spawn(aServer({ ...unixSocket(), url: `tcp://${host}:${port}` }));
    expect(await ask(port)).toBe("p");
  });

  it("is shared by all processes that are configured with it, whatever their group", async () => {
    const pids = [nursery.spawn(aServer(unixSocket(), "one")), nursery.spawn(aServer(unixSocket(), "two", "other"))];
    const inodes = pids.map((pid) => readlinkSync(`/proc/${pid}/fd/0`));
    expect(inodes[0]).toBe(inodes[1]);
    expect(nursery.activity).toEqual([`info Creating socket ${unixSocket().url}`]);
    await kill(Number(pids[0]));
    expect(await ask(nursery.path("fcgi.sock"))).toBe("two");
  });

  it("is closed when the last of them is gone, and opened for the next, while its file stays", async () => {
    const [first, second] = [nursery.spawn(aServer(unixSocket(), "one")), nursery.spawn(aServer(unixSocket(), "two"))];
    const { url } = unixSocket();
    await kill(first);
    expect(nursery.activity).toHaveLength(1);
    await kill(second);
    expect(nursery.activity).toEqual([`info Creating socket ${url}`, `info Closing socket ${url}`]);
    expect(existsSync(nursery.path("fcgi.sock"))).toBe(true);
    await expect(ask(nursery.path("fcgi.sock"))).rejects.toMatchObject({ code: "ECONNREFUSED" });
    nursery.spawn(aServer(unixSocket(), "three"));
    expect(await ask(nursery.path("fcgi.sock"))).toBe("three");
  });

  it("keeps those who connect before anybody accepts", async () => {
    const script = `import time\nwhile not __import__('os').path.exists('go'): time.sleep(0.01)\n${SERVER}`;
    const config = aProcess([PYTHON, "-c", script, "late"], { socket: unixSocket(), directory: nursery.folder });
    nursery.spawn(config);
    const answer = ask(nursery.path("fcgi.sock"));
    writeFileSync(nursery.path("go"), "");
    expect(await answer).toBe("late");
  });

  it("has its mode and its owner", () => {
    const owner = process.getuid?.() === 0 ? { uid: 12_345, gid: 54_321 } : null;
    nursery.spawn(aServer(unixSocket({ mode: 0o762, owner })));
    const stats = statSync(nursery.path("fcgi.sock"));
    expect(stats.mode & 0o777).toBe(0o762);
    if (owner !== null) expect([stats.uid, stats.gid]).toEqual([12_345, 54_321]);
  });

  it("has its backlog, beyond which it refuses at once", async () => {
    nursery.spawn(aProcess(["sleep", "1000"], { socket: unixSocket({ backlog: 2 }) }));
    const connections = [1, 2, 3].map(() => createConnection(nursery.path("fcgi.sock")));
    await Promise.all(connections.map((connection) => once(connection, "connect")));
    await expect(ask(nursery.path("fcgi.sock"))).rejects.toMatchObject({ code: "EAGAIN" });
    for (const connection of connections) connection.destroy();
  });

  it("has a large backlog unless one is configured", async () => {
    nursery.spawn(aProcess(["sleep", "1000"], { socket: unixSocket() }));
    const connections = Array.from({ length: 200 }, () => createConnection(nursery.path("fcgi.sock")));
    await Promise.all(connections.map((connection) => once(connection, "connect")));
    for (const connection of connections) connection.destroy();
  });

  it("is known to nobody else", () => {
    const [server, plain] = [nursery.spawn(aServer(unixSocket())), nursery.spawn(aProcess(["sleep", "1000"], {}, "plain"))];
    const files = readdirSync(`/proc/${plain}/fd`).map((fd) => linkOf(`/proc/${plain}/fd/${fd}`));
    expect(files).not.toContain(readlinkSync(`/proc/${server}/fd/0`));
    const own = readdirSync(`/proc/${server}/fd`).filter((fd) => linksTo(`/proc/${server}/fd/${fd}`, `/proc/${server}/fd/0`));
    expect(own).toEqual(["0"]);
  });

  it("takes no words in its place", () => {
    const config = aServer(unixSocket());
    nursery.spawn(config);
    expect(nursery.children.writeStdin(idOf(config), Buffer.from("x"))).toEqual({ ok: false, fault: { name: "NO_FILE" } });
  });
});

describe("a socket that cannot be opened", () => {
  const problem = (url: string, reason: string) => ({ ok: false, problem: `cannot create socket ${url}: ${reason}` });

  it("fails the spawn when its directory is missing", () => {
    const socket = { ...unixSocket(), url: `unix://${nursery.path("no/fcgi.sock")}` };
    expect(nursery.children.spawn(aServer(socket))).toEqual(problem(socket.url, "ENOENT"));
  });

  it("fails the spawn when its path is too long", () => {
    const socket = { ...unixSocket(), url: `unix://${nursery.path("x".repeat(100))}` };
    expect(nursery.children.spawn(aServer(socket))).toEqual(problem(socket.url, "ENAMETOOLONG"));
  });

  it("fails the spawn when something else is in its place, and leaves that alone", () => {
    writeFileSync(nursery.path("fcgi.sock"), "precious");
    expect(nursery.children.spawn(aServer(unixSocket()))).toEqual(problem(unixSocket().url, "EADDRINUSE"));
    expect(readFileSync(nursery.path("fcgi.sock"), "utf8")).toBe("precious");
  });

  it("fails the spawn when the port is in use, and not the one after that", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const address = blocker.address();
    const port = address === null || typeof address === "string" ? 0 : address.port;
    const socket = { ...unixSocket(), url: `tcp://127.0.0.1:${port}` };
    expect(nursery.children.spawn(aServer(socket))).toEqual(problem(socket.url, "EADDRINUSE"));
    await new Promise((resolve) => blocker.close(resolve));
    nursery.spawn(aServer(socket));
    expect(await ask(port)).toBe("p");
  });

  it("fails the spawn while its host is not known, without waiting for the name service", async () => {
    const socket = { ...unixSocket(), url: "tcp://no-such-host.invalid:9000" };
    expect(nursery.children.spawn(aServer(socket))).toEqual(
      problem(socket.url, "the address of no-such-host.invalid is not known yet"),
    );
    await until(() => {
      const outcome = nursery.children.spawn(aServer(socket));
      return (!outcome.ok && /: (ENOTFOUND|EAI_AGAIN)$/.test(outcome.problem)) || undefined;
    });
  });

  it("is not left open by a child that could not be made", () => {
    const config = { ...aServer(unixSocket()) };
    const broken = {
      ...config,
      launch: { ...config.launch, stdout: { ...config.launch.stdout, log: { kind: "file", path: "/" } } },
    } as const;
    expect(nursery.children.spawn(broken).ok).toBe(false);
    expect(nursery.activity.at(-1)).toBe(`info Closing socket ${unixSocket().url}`);
  });
});

/** What a descriptor is open on; `null` for one that the loader of the program has closed meanwhile. */
function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function linksTo(path: string, other: string): boolean {
  return existsSync(path) && readlinkSync(path) === readlinkSync(other);
}

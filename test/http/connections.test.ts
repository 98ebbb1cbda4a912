import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { httpRequest, readToEnd, rpcBody, rpcRequest, startFakeServer } from "./fake-server.ts";

const START_CAT = "<param><value>cat</value></param>";

/** Collects what comes, and waits until it matches. */
function reader(socket: Socket): (pattern: RegExp) => Promise<string> {
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  return async (pattern) => {
    await expect.poll(() => text, { timeout: 60_000 }).toMatch(pattern);
    return text;
  };
}

describe("a connection", () => {
  it("stays open for the next request", async () => {
    const server = await startFakeServer();
    const socket = await server.connect();
    const read = reader(socket);
    socket.write(rpcRequest("supervisor.getPID", "", { Connection: "keep-alive" }));
    await read(/4242/);
    socket.write(rpcRequest("supervisor.getState", "", { Connection: "keep-alive" }));
    await read(/4242.*RUNNING/s);
  });

  it("of HTTP/1.0 is closed after the answer", async () => {
    const server = await startFakeServer();
    const body = rpcBody("supervisor.getPID");
    const answer = await server.exchange(`POST /RPC2 HTTP/1.0\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1\.[01] 200 OK\r\n.*4242/s);
  });

  it("of HTTP/1.0 stays open when the client asks for it", async () => {
    const server = await startFakeServer();
    const socket = await server.connect();
    const read = reader(socket);
    const body = rpcBody("supervisor.getPID");
    const request = `POST /RPC2 HTTP/1.0\r\nConnection: Keep-Alive\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    socket.write(request);
    expect(await read(/4242.*<\/methodResponse>\n/s)).toMatch(/\r\nConnection: keep-alive\r\n/i);
    socket.write(request);
    await read(/4242.*4242/s);
  });

  it("takes several requests at once and answers them in order", async () => {
    const server = await startFakeServer();
    const keep = { Connection: "keep-alive" };
    const answer = await server.exchange(
      rpcRequest("supervisor.getPID", "", keep) +
        rpcRequest("supervisor.getState", "", keep) +
        httpRequest("GET /ok.html", keep) +
        rpcRequest("supervisor.getIdentification"),
    );
    expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(4);
    expect(answer).toMatch(/4242.*RUNNING.*\r\n\r\nOKHTTP.*<string>supervisor</s);
  });

  it("may carry blank lines between requests, as the tail client of supervisor sends them", async () => {
    const server = await startFakeServer();
    const keep = { Connection: "keep-alive" };
    const answer = await server.exchange(
      `\r\n${httpRequest("GET /ok.html", keep)}\r\n${rpcRequest("supervisor.getPID", "", keep)}\r\n${httpRequest("GET /ok.html")}\r\n`,
    );
    expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
  });

  it("takes no request behind one that asks to close it, and answers all before", async () => {
    const server = await startFakeServer();
    const requests = rpcRequest("system.listMethods", "", { Connection: "keep-alive" }).repeat(50);
    const answer = await server.exchange(`${requests}${rpcRequest("supervisor.getPID")}${rpcRequest("supervisor.getState")}`);
    expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(51);
    expect(answer).toMatch(/4242<\/int><\/value>\n<\/param>\n<\/params>\n<\/methodResponse>\n$/);
  });

  it.each([
    ["a request behind the last one", rpcRequest("supervisor.getPID") + rpcRequest("supervisor.getPID")],
    ["no HTTP", "nonsense\r\n\r\n"],
  ])("is closed when its client leaves without reading, even behind %s", async (_name, end) => {
    const server = await startFakeServer();
    await expectConnections(0);
    const socket = await server.connect();
    // So many answers that the server stops reading.
    socket.write(rpcRequest("system.listMethods", "", { Connection: "keep-alive" }).repeat(100) + end);
    await expect.poll(() => server.logged.length, { timeout: 10_000 }).toBeGreaterThan(0);
    socket.destroy();
    await expectConnections(0);
  });

  it("is closed after the answer to what is no HTTP, also when its client says no more", async () => {
    const server = await startFakeServer();
    await expectConnections(0);
    const socket = await server.connect();
    const read = reader(socket);
    socket.write("nonsense\r\n\r\n");
    await read(/^HTTP\/1\.1 400 /);
    // Only the client's own end is left.
    await expectConnections(1);
  });

  it("needs no Host header, and takes an empty one", async () => {
    const server = await startFakeServer();
    expect(await server.exchange("GET /ok.html HTTP/1.1\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(await server.exchange("GET /ok.html HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  it("may be half closed by a client that has asked", async () => {
    const server = await startFakeServer();
    const socket = await server.connect();
    const answer = readToEnd(socket);
    socket.end(rpcRequest("supervisor.getPID"));
    expect(await answer).toContain("4242");
  });

  it("may be a unix socket", async () => {
    const server = await startFakeServer({ unixSocket: true });
    expect(await server.exchange(rpcRequest("supervisor.getPID", "", { Host: "anything.example.com" }))).toContain("4242");
    await expect
      .poll(() => server.logged.find((line) => line.includes("POST")), { timeout: 60_000 })
      .toMatch(/^trace localhost:0 - - /);
  });
});

describe("a call that waits", () => {
  it("holds its answer back while others are served", async () => {
    const server = await startFakeServer();
    const release = hold(server.daemon.supervisor);
    const waiting = server.exchange(rpcRequest("supervisor.startProcess", START_CAT));
    await expect.poll(() => server.daemon.supervisor.asked, { timeout: 60_000 }).toHaveLength(1);
    expect(await server.exchange(rpcRequest("supervisor.getPID"))).toContain("4242");
    expect(server.daemon.supervisor.process("cat", "cat")?.state).toBe("STOPPED");
    release();
    expect(await waiting).toMatch(/^HTTP\/1\.1 200 OK\r\n.*<boolean>1<\/boolean>/s);
  });

  it("is answered although its client sent a blank line too many", async () => {
    const server = await startFakeServer();
    const release = hold(server.daemon.supervisor);
    const waiting = server.exchange(`${rpcRequest("supervisor.startProcess", START_CAT)}\r\n\r\n`);
    await expect.poll(() => server.daemon.supervisor.asked, { timeout: 60_000 }).toHaveLength(1);
    release();
    expect(await waiting).toContain("<boolean>1</boolean>");
  });

  it("leaves the connection usable after its answer", async () => {
    const server = await startFakeServer();
    const release = hold(server.daemon.supervisor);
    const socket = await server.connect();
    const read = reader(socket);
    socket.write(rpcRequest("supervisor.startProcess", START_CAT, { Connection: "keep-alive" }));
    await expect.poll(() => server.daemon.supervisor.asked, { timeout: 60_000 }).toHaveLength(1);
    release();
    await read(/<boolean>1</);
    socket.write(rpcRequest("supervisor.getPID", "", { Connection: "keep-alive" }));
    await read(/4242/);
  });

  it("is not cancelled by a client that leaves", async () => {
    const server = await startFakeServer();
    const release = hold(server.daemon.supervisor);
    const socket = await server.connect();
    socket.write(rpcRequest("supervisor.startProcess", START_CAT));
    await expect.poll(() => server.daemon.supervisor.asked, { timeout: 60_000 }).toHaveLength(1);
    socket.destroy();
    release();
    await expect.poll(() => server.daemon.supervisor.process("cat", "cat")?.state, { timeout: 60_000 }).toBe("RUNNING");
    expect(await server.exchange(rpcRequest("supervisor.getPID"))).toContain("4242");
    expect(server.logged.filter((line) => /^(critical|error)/.test(line))).toEqual([]);
  });
});

describe("other paths", () => {
  it("has a page that tells that the server lives", async () => {
    const server = await startFakeServer();
    const answer = await server.exchange(httpRequest("GET /ok.html?x"));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\nContent-Type: text\/plain\r\n.*\r\n\r\nOK$/s);
  });

  it.each(["GET /nope", "GET /../../etc/passwd", "POST /", "GET /%2e%2e/x", "GET /%zz", "HEAD /ok.html"])(
    "has no %s",
    async (line) => {
      const server = await startFakeServer();
      expect(await server.exchange(httpRequest(line))).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    },
  );
});

/** Waits until so many ends of connections are open; both ends are in this process. */
async function expectConnections(count: number): Promise<void> {
  const ends = (): readonly string[] => process.getActiveResourcesInfo().filter((resource) => resource === "TCPSocketWrap");
  await expect.poll(() => ends().length, { timeout: 10_000 }).toBe(count);
}

function hold(supervisor: { held: Promise<void> | null }): () => void {
  let release = (): void => {};
  supervisor.held = new Promise((resolve) => {
    release = resolve;
  });
  return release;
}

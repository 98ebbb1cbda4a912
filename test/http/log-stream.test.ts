import { appendFileSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LogFollower } from "../../src/http/log-follower.ts";
import { type FakeServer, type FakeServerOptions, httpRequest, rpcRequest, startFakeServer } from "./fake-server.ts";

const KEEP = { Connection: "keep-alive" };

/** A server whose process `cat` logs to a file with that content. */
async function startWithLog(content: string, options: FakeServerOptions = {}): Promise<{ server: FakeServer; log: string }> {
  const server = await startFakeServer(options);
  const log = join(server.folder, "cat.log");
  writeFileSync(log, content);
  server.daemon.logPaths.set("cat:cat stdout", log);
  return { server, log };
}

/** Reads a stream: what came so far, its head and its chunks taken apart. */
class StreamReader {
  #raw = Buffer.alloc(0);
  readonly socket: Socket;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.#raw = Buffer.concat([this.#raw, chunk]);
    });
  }

  static async open(server: FakeServer, path: string): Promise<StreamReader> {
    const socket = await server.connect();
    const reader = new StreamReader(socket);
    socket.write(httpRequest(`GET ${path}`, KEEP));
    await expect.poll(() => reader.head, { timeout: 60_000 }).not.toBe("");
    return reader;
  }

  get head(): string {
    const end = this.#raw.indexOf("\r\n\r\n");
    return end < 0 ? "" : this.#raw.toString("latin1", 0, end + 2);
  }

  /** What the chunks hold. */
  get text(): string {
    let rest = this.#raw.subarray(this.#raw.indexOf("\r\n\r\n") + 4);
    const parts: Buffer[] = [];
    for (;;) {
      const lineEnd = rest.indexOf("\r\n");
      if (lineEnd < 0) break;
      const size = Number.parseInt(rest.toString("latin1", 0, lineEnd), 16);
      parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
      rest = rest.subarray(lineEnd + 2 + size + 2);
    }
    return Buffer.concat(parts).toString("utf8");
  }

  async expectText(text: string): Promise<void> {
    await expect.poll(() => this.text, { timeout: 60_000 }).toBe(text);
  }
}

describe("the stream of a log", () => {
  it("has the headers that clients know", async () => {
    const { server } = await startWithLog("line\n");
    const { head } = await StreamReader.open(server, "/logtail/cat");
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head).toContain("\r\nContent-Type: text/plain;charset=utf-8\r\n");
    expect(head).toContain("\r\nTransfer-Encoding: chunked\r\n");
    expect(head).toContain("\r\nX-Accel-Buffering: no\r\n");
    expect(head).toMatch(/\r\nLast-Modified: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/);
    expect(head).not.toContain("Content-Length");
  });

  it("begins with the last 1024 bytes", async () => {
    const { server } = await startWithLog(`${"a".repeat(5000)}${"b".repeat(1024)}`);
    await (await StreamReader.open(server, "/logtail/cat")).expectText("b".repeat(1024));
  });

  it("goes on with every addition", async () => {
    const { server, log } = await startWithLog("one\n");
    const reader = await StreamReader.open(server, "/logtail/cat/stdout");
    await reader.expectText("one\n");
    appendFileSync(log, "two\n");
    await reader.expectText("one\ntwo\n");
    appendFileSync(log, "naïve\n");
    await reader.expectText("one\ntwo\nnaïve\n");
  });

  it("of an empty log sends its head at once", async () => {
    const { server, log } = await startWithLog("");
    const reader = await StreamReader.open(server, "/logtail/cat");
    appendFileSync(log, "first\n");
    await reader.expectText("first\n");
  });

  it("sends the rest of a file that was rotated, and then the new one from its start", async () => {
    const { server, log } = await startWithLog("old\n");
    const reader = await StreamReader.open(server, "/logtail/cat");
    await reader.expectText("old\n");
    appendFileSync(log, "last of old\n");
    renameSync(log, `${log}.1`);
    writeFileSync(log, "new\n");
    await reader.expectText("old\nlast of old\nnew\n");
    appendFileSync(log, "newer\n");
    await reader.expectText("old\nlast of old\nnew\nnewer\n");
  });

  it("goes on with a file that was deleted and made anew", async () => {
    const { server, log } = await startWithLog("old\n");
    const reader = await StreamReader.open(server, "/logtail/cat");
    await reader.expectText("old\n");
    rmSync(log);
    writeFileSync(log, "new\n");
    await reader.expectText("old\nnew\n");
    appendFileSync(log, "newer\n");
    await reader.expectText("old\nnew\nnewer\n");
  });

  it("tells that the file was truncated in place", async () => {
    const { server, log } = await startWithLog("a long line\n");
    const reader = await StreamReader.open(server, "/logtail/cat");
    await reader.expectText("a long line\n");
    truncateSync(log);
    await reader.expectText("a long line\n==> File truncated <==\n");
    appendFileSync(log, "new\n");
    await reader.expectText("a long line\n==> File truncated <==\nnew\n");
  });

  it("of the daemon's own log is not marked for proxies", async () => {
    const { server, log } = await startWithLog("INFO supervisord started\n");
    server.daemon.activityLog.path = log;
    for (const path of ["/mainlogtail", "/mainlogtailfoo", "/mainlogtail/x?y"]) {
      const reader = await StreamReader.open(server, path);
      await reader.expectText("INFO supervisord started\n");
      expect(reader.head).not.toContain("X-Accel-Buffering");
    }
  });

  it("is sent as it is over HTTP/1.0", async () => {
    const { server, log } = await startWithLog("one\n");
    const socket = await server.connect();
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.write("GET /logtail/cat HTTP/1.0\r\n\r\n");
    await expect.poll(() => text, { timeout: 60_000 }).toMatch(/\r\n\r\none\n$/);
    appendFileSync(log, "two\n");
    await expect.poll(() => text, { timeout: 60_000 }).toMatch(/\r\n\r\none\ntwo\n$/);
  });

  it("waits for a slow reader without keeping what it has not taken", async () => {
    const { server, log } = await startWithLog("");
    const reader = await StreamReader.open(server, "/logtail/cat");
    reader.socket.pause();
    const block = Buffer.alloc(1024 * 1024, "x");
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 64; count++) appendFileSync(log, block);
    appendFileSync(log, "end\n");
    // Another request has been served, so the stream has had its turn.
    await server.exchange(httpRequest("GET /ok.html"));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
    let received = 0;
    let ending = "";
    reader.socket.removeAllListeners("data");
    reader.socket.on("data", (chunk: Buffer) => {
      received += chunk.length;
      ending = chunk.toString("latin1").slice(-6);
    });
    reader.socket.resume();
    await expect.poll(() => ending, { timeout: 60_000 }).toBe("end\n\r\n");
    expect(received).toBeGreaterThan(64 * 1024 * 1024);
  });

  it("ends with its reader, and leaves no file open", async () => {
    const { server, log } = await startWithLog("one\n");
    const reader = await StreamReader.open(server, "/logtail/cat");
    await reader.expectText("one\n");
    expect(openDescriptors(log)).toBe(1);
    reader.socket.destroy();
    await expect.poll(() => openDescriptors(log), { timeout: 60_000 }).toBe(0);
  });

  it("has its connection for itself: a request behind it ends both, and leaves no file open", async () => {
    const { server, log } = await startWithLog("one\n");
    // So many that their answers, which cannot be sent, would make the server stop reading.
    const requests = httpRequest("GET /logtail/cat", KEEP).repeat(100);
    await server.exchange(requests).catch(() => {});
    await expect.poll(() => openDescriptors(log), { timeout: 60_000 }).toBe(0);
    const reader = await StreamReader.open(server, "/logtail/cat");
    const closed = new Promise((resolve) => reader.socket.once("end", resolve).once("error", resolve));
    reader.socket.write(httpRequest("GET /ok.html"));
    await closed;
    await expect.poll(() => openDescriptors(log), { timeout: 60_000 }).toBe(0);
  });

  it("leaves no file open when its reader leaves after a body that nobody wants", async () => {
    const { server, log } = await startWithLog("one\n");
    const socket = await server.connect();
    const body = "x".repeat(200_000);
    socket.write(httpRequest("GET /logtail/cat", { ...KEEP, "Content-Length": String(2 * body.length) }, body));
    await expect.poll(() => openDescriptors(log), { timeout: 10_000 }).toBe(1);
    socket.destroy();
    await expect.poll(() => openDescriptors(log), { timeout: 10_000 }).toBe(0);
  });

  it("leaves no file open when its reader leaves before its turn has come", async () => {
    const { server, log } = await startWithLog("one\n");
    server.daemon.supervisor.held = new Promise(() => {});
    const socket = await server.connect();
    const waiting = rpcRequest("supervisor.startProcess", "<param><value>cat</value></param>", KEEP);
    socket.write(waiting + httpRequest("GET /logtail/cat", KEEP));
    await expect.poll(() => openDescriptors(log), { timeout: 60_000 }).toBe(1);
    socket.destroy();
    await expect.poll(() => openDescriptors(log), { timeout: 60_000 }).toBe(0);
  });

  it("needs no watching by itself when the writer tells of changes", async () => {
    let change = (): void => {};
    let following = 0;
    const follower: LogFollower = {
      follow(_path, onChange) {
        following++;
        change = onChange;
        return () => following--;
      },
    };
    const { server, log } = await startWithLog("one\n", { follower });
    const reader = await StreamReader.open(server, "/logtail/cat");
    await reader.expectText("one\n");
    appendFileSync(log, "two\n");
    change();
    await reader.expectText("one\ntwo\n");
    reader.socket.destroy();
    await expect.poll(() => following, { timeout: 60_000 }).toBe(0);
  });

  it("is a 500 when the file cannot be followed, and leaves no file open", async () => {
    const follower: LogFollower = {
      follow() {
        throw new Error("no more watches");
      },
    };
    const { server, log } = await startWithLog("one\n", { follower });
    expect(await server.exchange(httpRequest("GET /logtail/cat"))).toMatch(/^HTTP\/1\.1 500 /);
    expect(server.logged.join("\n")).toContain("no more watches");
    expect(openDescriptors(log)).toBe(0);
  });
});

describe("a path below /logtail", () => {
  it.each([
    "/logtail/cat",
    "/logtail/cat:cat",
    "/logtail/%63at/stdout",
    "/logtail/cat%3Acat/stdout",
    "/logtailfoo/cat",
    "/logtail/cat?x=y",
  ])("may be %s", async (path) => {
    const { server } = await startWithLog("one\n");
    await (await StreamReader.open(server, path)).expectText("one\n");
  });

  it.each([
    "/logtail",
    "/logtail/",
    "/logtail/nope",
    "/logtail/web",
    "/logtail/cat:*",
    "/logtail/cat/stdin",
    "/logtail/cat/",
    "/logtail/cat/stdout/",
    "/logtail/cat/stderr",
    "/logtail/web:web_0",
    "/mainlogtail",
  ])("is not found: %s", async (path) => {
    const { server } = await startWithLog("one\n");
    expect(await server.exchange(httpRequest(`GET ${path}`))).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  });

  it("is not found while its log is no regular file", async () => {
    const { server, log } = await startWithLog("");
    rmSync(log);
    expect(await server.exchange(httpRequest("GET /logtail/cat"))).toMatch(/^HTTP\/1\.1 404 /);
    mkdirSync(log);
    expect(await server.exchange(httpRequest("GET /logtail/cat"))).toMatch(/^HTTP\/1\.1 404 /);
    server.daemon.logPaths.set("cat:cat stdout", "/dev/null");
    expect(await server.exchange(httpRequest("GET /logtail/cat"))).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each(["POST", "HEAD", "PUT"])("is not for %s", async (verb) => {
    const { server } = await startWithLog("one\n");
    expect(await server.exchange(httpRequest(`${verb} /logtail/cat`))).toMatch(/^HTTP\/1\.1 400 /);
    expect(await server.exchange(httpRequest(`${verb} /mainlogtail`))).toMatch(/^HTTP\/1\.1 400 /);
  });
});

/** How many descriptors of this process are open on a file. */
function openDescriptors(path: string): number {
  return readdirSync("/proc/self/fd").filter((fd) => linkTarget(`/proc/self/fd/${fd}`) === path).length;
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    // The descriptor of the listing itself is gone by now.
    return "";
  }
}

describe("a reader that says what it wants", () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join("");
  const ask = async (query: string, log = text) => {
    const { server } = await startWithLog(log);
    const answer = await server.exchange(`GET /logtail/cat?${query} HTTP/1.0\r\n\r\n`);
    return answer.toString();
  };

  it("gets so many lines, or bytes, and the end when it does not follow", async () => {
    expect((await ask("lines=2&follow=false")).split("\r\n\r\n")[1]).toBe("line 19998\nline 19999\n");
    expect((await ask("lines=2&follow=false", "one\ntwo\nthree")).split("\r\n\r\n")[1]).toBe("two\nthree");
    expect((await ask("bytes=6&follow=false")).split("\r\n\r\n")[1]).toBe("19999\n");
    expect((await ask("lines=0&follow=false")).split("\r\n\r\n")[1]).toBe("");
    expect((await ask("lines=0&follow=false", "one\ntwo, which is wri")).split("\r\n\r\n")[1]).toBe("two, which is wri");
    expect((await ask("lines=0&follow=false", "no line")).split("\r\n\r\n")[1]).toBe("");
    expect((await ask("lines=99999&follow=false")).split("\r\n\r\n")[1]).toBe(text);
    expect((await ask("lines=15000&follow=false")).split("\r\n\r\n")[1]?.split("\n", 1)).toEqual(["line 5000"]);
  });

  it.each(["lines=x", "bytes=-1", "lines="])("is refused %s", async (query) => {
    expect(await ask(query)).toMatch(/^HTTP\/1\.[01] 400 /);
  });
});

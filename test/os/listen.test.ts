import { existsSync, linkSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, request } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { listenOnTcp } from "../../src/os/listen.ts";
import { listenOnUnixSocket, removeUnixSocket } from "../../src/os/listen-unix.ts";
import { TestFolder } from "./support.ts";

const folder = new TestFolder();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function aServer(server: Server = createServer()): Server {
  servers.push(server);
  return server;
}

function listen(server: Server, stale: string[] = [], owner: { uid: number; gid: number } | null = null) {
  return listenOnUnixSocket(server, { file: folder.path("s.sock"), mode: 0o700, owner }, (file) => stale.push(file));
}

/** A socket file whose server is gone, as after a kill. */
async function leaveStaleSocket(): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(folder.path("bound"), resolve));
  linkSync(folder.path("bound"), folder.path("s.sock"));
  await new Promise((resolve) => server.close(resolve));
}

describe("a unix socket", () => {
  it("appears under its name with its mode, and nothing else does", async () => {
    expect(await listen(aServer())).toEqual({ ok: true });
    expect(readdirSync(folder.path())).toEqual(["s.sock"]);
    expect(statSync(folder.path("s.sock")).mode & 0o777).toBe(0o700);
    removeUnixSocket(folder.path("s.sock"));
    expect(existsSync(folder.path("s.sock"))).toBe(false);
  });

  it("answers requests", async () => {
    const server = createHttpServer((_, response) => response.end("hello"));
    await listen(aServer(server));
    const text = await new Promise((resolve, reject) => {
      request({ socketPath: folder.path("s.sock") }, (response) => response.on("data", (data) => resolve(String(data))))
        .on("error", reject)
        .end();
    });
    expect(text).toBe("hello");
  });

  it("leaves the umask as it was", async () => {
    const own = process.umask();
    await listen(aServer());
    expect(process.umask()).toBe(own);
  });

  it("replaces a socket that nobody serves", async () => {
    await leaveStaleSocket();
    const stale: string[] = [];
    expect(await listen(aServer(), stale)).toEqual({ ok: true });
    expect(stale).toEqual([folder.path("s.sock")]);
  });

  it("replaces a plain file, as supervisord does", async () => {
    writeFileSync(folder.path("s.sock"), "");
    expect(await listen(aServer())).toEqual({ ok: true });
    expect(statSync(folder.path("s.sock")).isSocket()).toBe(true);
  });

  it("is in use while somebody answers there", async () => {
    await listen(aServer(createHttpServer((_, response) => response.end())));
    const stale: string[] = [];
    expect(await listen(aServer(), stale)).toEqual({ ok: false, kind: "in-use" });
    expect(stale).toEqual([]);
    expect(readdirSync(folder.path())).toEqual(["s.sock"]);
  });

  it("is in use while somebody accepts there without a word", async () => {
    await listen(aServer(createServer((socket) => socket.resume())));
    expect(await listen(aServer())).toEqual({ ok: false, kind: "in-use" });
  });

  it("cannot be made in a folder that is not there", async () => {
    const config = { file: folder.path("no/s.sock"), mode: 0o700, owner: null };
    const outcome = await listenOnUnixSocket(aServer(), config, () => {});
    expect(outcome).toMatchObject({ ok: false, kind: "failed", error: expect.stringMatching(/^E(NOENT|ACCES)$/) });
  });

  if (process.getuid?.() === 0) {
    it("belongs to the configured owner", async () => {
      expect(await listen(aServer(), [], { uid: 65534, gid: 65534 })).toEqual({ ok: true });
      expect(statSync(folder.path("s.sock"))).toMatchObject({ uid: 65534, gid: 65534 });
    });
  } else {
    it("may not be given to somebody else by an ordinary user", async () => {
      const outcome = await listen(aServer(), [], { uid: 0, gid: 0 });
      expect(outcome).toMatchObject({ ok: false, kind: "refused", problem: expect.stringMatching(/^Not permitted to chown/) });
    });
  }
});

describe("a TCP address", () => {
  it("is listened to, and is in use then", async () => {
    const server = aServer();
    expect(await listenOnTcp(server, "127.0.0.1", 0)).toEqual({ ok: true });
    const { port } = server.address() as AddressInfo;
    expect(await listenOnTcp(aServer(), "127.0.0.1", port)).toEqual({ ok: false, kind: "in-use" });
  });

  it("that is not this host's fails", async () => {
    expect(await listenOnTcp(aServer(), "192.0.2.1", 0)).toEqual({
      ok: false,
      kind: "failed",
      error: "EADDRNOTAVAIL",
      number: 99,
    });
  });
});

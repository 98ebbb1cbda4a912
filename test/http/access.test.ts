import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Credentials } from "../../src/model/config.ts";
import { METHODS } from "../../src/rpc/table.ts";
import { VIEWER_METHODS } from "../../src/rpc/viewer-methods.ts";
import { httpRequest, rpcRequest, startFakeServer, TOKEN } from "./fake-server.ts";

const PLAIN: Credentials = { username: "user", password: "pass:word é" };
const SHA: Credentials = { username: "user", password: `{SHA}${createHash("sha1").update("thepassword").digest("hex")}` };

function basic(text: string): string {
  return `Basic ${Buffer.from(text, "utf8").toString("base64")}`;
}

const statusOf = (answer: string): string => /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? answer;

async function ask(credentials: Credentials | null, authorization?: string, line = "GET /ok.html"): Promise<string> {
  const server = await startFakeServer({ server: { credentials } });
  return server.exchange(httpRequest(line, authorization === undefined ? {} : { Authorization: authorization }));
}

describe("a server with a password", () => {
  it("asks for it with the headers that clients know", async () => {
    const answer = await ask(PLAIN);
    expect(answer).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
    expect(answer).toContain('\r\nWWW-Authenticate: Basic realm="default"\r\n');
    expect(answer).toMatch(/\r\nConnection: close\r\n/);
    expect(answer).toContain("\r\nContent-Length: 137\r\n");
    expect(answer).toContain("\r\nContent-Type: text/html\r\n");
  });

  it.each(["GET /nope", "POST /RPC2", "GET /logtail/cat", "GET /mainlogtail", "GET /", "HEAD /x"])("asks on %s", async (line) => {
    expect(statusOf(await ask(PLAIN, undefined, line))).toBe("401");
  });

  it.each([
    basic("user:pass:word é"),
    basic("user:pass:word é").replace("Basic", "bAsIc"),
    basic("user:pass:word é").replace(" ", "   "),
  ])("lets in who knows it: %s", async (authorization) => {
    expect(statusOf(await ask(PLAIN, authorization))).toBe("200");
  });

  it.each([
    "",
    "Basic",
    "Basic ",
    "Basic !!!!",
    basic(""),
    basic("user"),
    basic("user:"),
    basic(":pass:word é"),
    basic("User:pass:word é"),
    basic("user:pass:word"),
    basic("user:pass:word é "),
    basic("user:pass:word é").replace("Basic", "Bearer"),
    `${basic("user:pass:word é")} more`,
  ])("refuses %j", async (authorization) => {
    expect(statusOf(await ask(PLAIN, authorization))).toBe("401");
  });

  it("may store the digest of it", async () => {
    expect(statusOf(await ask(SHA, basic("user:thepassword")))).toBe("200");
    expect(statusOf(await ask(SHA, basic("user:wrong")))).toBe("401");
    expect(statusOf(await ask(SHA, basic(`user:${SHA.password}`)))).toBe("401");
  });

  it("compares the digest in lower case only", async () => {
    const upper = { username: "user", password: SHA.password.toUpperCase() };
    expect(statusOf(await ask(upper, basic("user:thepassword")))).toBe("401");
  });

  it("lets everyone in when the user name is empty", async () => {
    expect(statusOf(await ask({ username: "", password: "x" }))).toBe("200");
  });

  it("runs nothing for a client that does not know it", async () => {
    const server = await startFakeServer({ server: { credentials: PLAIN } });
    expect(statusOf(await server.exchange(rpcRequest("supervisor.shutdown")))).toBe("401");
    expect(server.daemon.supervisor.state).toBe("RUNNING");
  });
});

describe("a TCP server without a password", () => {
  const open = { credentials: null, host: "daemon.example.com" };

  it.each([
    "localhost",
    "localhost:9001",
    "LOCALHOST.",
    "app.localhost:9001",
    "127.0.0.1:9001",
    "10.1.2.3",
    "[::1]:9001",
    "[fe80::1]",
    "daemon.example.com",
    "Daemon.Example.Com:9001",
    "supervisor:9001",
    "web.default.svc.cluster.local:9001",
    "host.docker.internal:9001",
    "",
  ])("serves requests for the host %j", async (host) => {
    const server = await startFakeServer({ server: open });
    expect(statusOf(await server.exchange(httpRequest("GET /ok.html", { Host: host })))).toBe("200");
  });

  it.each([
    "evil.com",
    "evil.com:9001",
    "localhost.evil.com",
    "127.0.0.1.evil.com",
    "example.com",
    "a.daemon.example.com",
    "127.0.0.1:9001.evil.com",
    "evil.com:x",
    "user@evil.com",
  ])("refuses those for %j, which a rebound name could be", async (host) => {
    const server = await startFakeServer({ server: open });
    expect(statusOf(await server.exchange(rpcRequest("supervisor.shutdown", "", { Host: host })))).toBe("403");
    expect(server.daemon.supervisor.state).toBe("RUNNING");
  });

  it("tells the log of the first that it refuses", async () => {
    const server = await startFakeServer({ server: open });
    for (const host of ["a.com", "b.com"]) await server.exchange(httpRequest("GET /ok.html", { Host: host }));
    expect(server.logged.filter((line) => line.startsWith("warn"))).toEqual([
      `warn refused a request for the host "a.com": 'inet_http_server' has no password`,
    ]);
  });
});

describe("a server that needs no such check", () => {
  it("has a password, which a rebound page does not know", async () => {
    const server = await startFakeServer({ server: { credentials: PLAIN } });
    const answer = await server.exchange(
      httpRequest("GET /ok.html", { Host: "example.com", Authorization: basic("user:pass:word é") }),
    );
    expect(statusOf(answer)).toBe("200");
  });
});

describe("the login for reading", () => {
  const login = (username: string) => ({ Authorization: `Basic ${Buffer.from(`${username}:secret`).toString("base64")}` });
  const server = { credentials: { username: "boss", password: "secret" }, viewer: { username: "guest", password: "secret" } };

  it("lets call what changes nothing and tells no secret, and faults everything else", async () => {
    const { exchange, daemon } = await startFakeServer({ server });
    for (const method of METHODS) {
      const answer = await exchange(rpcRequest(method.name, "", login("guest")));
      expect(statusOf(answer)).toBe("200");
      const isRefused = answer.includes("FAILED: this login may look and change nothing");
      const isViewers = VIEWER_METHODS.has(method.name);
      // What lacks an argument is refused for that before.
      const needsArguments = method.parameters.some(({ optional }) => !optional);
      expect([method.name, isRefused]).toEqual([method.name, !isViewers && !needsArguments]);
    }
    const name = "<param><value><string>cat</string></value></param>";
    expect(await exchange(rpcRequest("supervisor.startProcess", name, login("guest")))).toContain("this login may look");
    expect(await exchange(rpcRequest("taskmaster.getProcessEnvironment", name, login("guest")))).toContain("this login may look");
    expect(await exchange(rpcRequest("supervisor.getProcessInfo", name, login("guest")))).toContain("STOPPED");
    expect(daemon.supervisor.asked).toEqual([]);
    expect(await exchange(rpcRequest("supervisor.startProcess", name, login("boss")))).toContain("<boolean>1</boolean>");
  });

  it("is no way around by a multicall", async () => {
    const { exchange, daemon } = await startFakeServer({ server });
    const call =
      "<param><value><array><data><value><struct><member><name>methodName</name><value><string>supervisor.stopAllProcesses</string></value></member></struct></value></data></array></value></param>";
    expect(await exchange(rpcRequest("system.multicall", call, login("guest")))).toContain("this login may look");
    expect(daemon.supervisor.asked).toEqual([]);
  });

  it("knows methods that there are, and every one that is not named changes something or tells a secret", () => {
    const names = METHODS.map(({ name }) => name);
    expect([...VIEWER_METHODS].filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => !VIEWER_METHODS.has(name))).toMatchInlineSnapshot(`
      [
        "supervisor.shutdown",
        "supervisor.restart",
        "supervisor.reloadConfig",
        "supervisor.addProcessGroup",
        "supervisor.removeProcessGroup",
        "supervisor.startProcess",
        "supervisor.startProcessGroup",
        "supervisor.startAllProcesses",
        "supervisor.stopProcess",
        "supervisor.stopProcessGroup",
        "supervisor.stopAllProcesses",
        "supervisor.signalProcess",
        "supervisor.signalProcessGroup",
        "supervisor.signalAllProcesses",
        "supervisor.clearLog",
        "supervisor.clearProcessLogs",
        "supervisor.clearAllProcessLogs",
        "supervisor.sendProcessStdin",
        "supervisor.sendRemoteCommEvent",
        "taskmaster.getProcessEnvironment",
        "taskmaster.plan",
        "taskmaster.getConfiguration",
        "taskmaster.upload",
        "taskmaster.setUser",
        "taskmaster.scale",
        "taskmaster.update",
      ]
    `);
  });
});

describe("a request that a browser sends for a page", () => {
  const shutdown = async (headers: Readonly<Record<string, string>>): Promise<string> => {
    const server = await startFakeServer();
    return statusOf(await server.exchange(rpcRequest("supervisor.shutdown", "", { Host: "127.0.0.1:9001", ...headers })));
  };

  const own: readonly Record<string, string>[] = [
    { Origin: "http://127.0.0.1:9001" },
    { "Sec-Fetch-Site": "same-origin", Origin: "https://panel.example.com" },
    { "Sec-Fetch-Site": "none" },
  ];

  it.each(own)("of this server is served with the page's token: %j", async (headers) => {
    expect(await shutdown({ ...headers, "X-Taskmaster-Token": TOKEN })).toBe("200");
  });

  it.each(own)("of this server is refused without the token, or with another: %j", async (headers) => {
    expect(await shutdown(headers)).toBe("403");
    for (const token of ["", "x", TOKEN.slice(1), `${TOKEN}x`, "é".repeat(TOKEN.length / 2)])
      expect(await shutdown({ ...headers, "X-Taskmaster-Token": token })).toBe("403");
  });

  it("is no matter for a client that is no browser", async () => {
    expect(await shutdown({})).toBe("200");
  });

  it.each<[Record<string, string>]>([
    [{ Origin: "http://evil.com" }],
    [{ Origin: "http://127.0.0.1:80" }],
    [{ Origin: "null" }],
    [{ Origin: "" }],
    [{ "Sec-Fetch-Site": "cross-site" }],
    [{ "Sec-Fetch-Site": "same-site", Origin: "http://127.0.0.1:9001" }],
  ])("of another site is refused, whatever it knows: %j", async (headers) => {
    expect(await shutdown({ ...headers, "X-Taskmaster-Token": TOKEN })).toBe("403");
  });
});

describe("every answer", () => {
  it.each(["GET /ok.html", "GET /nope"])("to %s tells browsers to be careful with it", async (line) => {
    const answer = await ask(null, undefined, line);
    expect(answer).toContain("\r\nX-Content-Type-Options: nosniff\r\n");
    expect(answer).toContain("\r\nX-Frame-Options: DENY\r\n");
    expect(answer).toContain("\r\nContent-Security-Policy: default-src 'none'\r\n");
    expect(answer).not.toContain("X-Powered-By");
  });
});

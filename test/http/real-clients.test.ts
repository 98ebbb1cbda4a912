import { spawn } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fail, succeed } from "../../src/model/fault.ts";
import { processId } from "../../src/model/namespec.ts";
import { PYTHON } from "../support/python.ts";
import { type FakeServer, startFakeServer } from "./fake-server.ts";

const SUPERVISORCTL = "/usr/bin/supervisorctl";
const CREDENTIALS = { username: "user", password: "secret" };

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; the server answers it from this very process, so nothing here may block. */
function run(command: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], cwd: "/" });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** What supervisorctl prints and how it exits. */
async function ctl(server: FakeServer, ...action: string[]): Promise<{ readonly code: number | null; readonly stdout: string }> {
  const { code, stdout } = await run(SUPERVISORCTL, ctlArguments(server, action));
  return { code, stdout };
}

/** The empty configuration keeps supervisorctl from one that is installed. */
function ctlArguments(server: FakeServer, action: readonly string[]): string[] {
  const config = join(server.folder, "ctl.conf");
  writeFileSync(config, "[supervisorctl]\n");
  return ["-c", config, "-s", server.url, "-u", CREDENTIALS.username, "-p", CREDENTIALS.password, ...action];
}

const startServer = () => startFakeServer({ server: { credentials: CREDENTIALS } });

describe("supervisorctl", () => {
  it("shows the status", async () => {
    const server = await startServer();
    server.daemon.supervisor.set("cat", "cat", { state: "RUNNING", pid: 77, startedAt: server.daemon.supervisor.now().wall });
    server.daemon.supervisor.set("web", "web_1", { state: "FATAL", spawnError: "can't find command 'web'" });
    expect(await ctl(server, "status")).toEqual({
      code: 3,
      stdout:
        "cat                              RUNNING   pid 77, uptime 0:00:00\n" +
        "web:web_0                        STOPPED   Not started\n" +
        "web:web_1                        FATAL     can't find command 'web'\n",
    });
  });

  it("starts and stops, one, a group and all", async () => {
    const server = await startServer();
    server.daemon.supervisor.planned.set(processId("web", "web_1"), fail("SPAWN_ERROR"));
    expect(await ctl(server, "start", "cat", "web:*", "nope")).toEqual({
      code: 1,
      stdout: "cat: started\nweb:web_0: started\nweb:web_1: ERROR (spawn error)\nnope: ERROR (no such process)\n",
    });
    expect(await ctl(server, "start", "cat")).toEqual({ code: 0, stdout: "cat: ERROR (already started)\n" });
    server.daemon.supervisor.planned.clear();
    expect(await ctl(server, "stop", "all")).toEqual({ code: 0, stdout: "cat: stopped\nweb:web_0: stopped\n" });
    expect(await ctl(server, "restart", "cat")).toEqual({ code: 0, stdout: "cat: ERROR (not running)\ncat: started\n" });
  });

  it("signals", async () => {
    const server = await startServer();
    server.daemon.supervisor.set("cat", "cat", { state: "RUNNING", pid: 77 });
    expect(await ctl(server, "signal", "HUP", "cat")).toEqual({ code: 0, stdout: "cat: signalled\n" });
    expect(await ctl(server, "signal", "NOPE", "cat")).toEqual({ code: 1, stdout: "cat: ERROR (bad signal name)\n" });
    expect(await ctl(server, "signal", "HUP", "web:web_0")).toEqual({ code: 7, stdout: "web:web_0: ERROR (not running)\n" });
    expect(await ctl(server, "signal", "HUP", "all")).toEqual({ code: 0, stdout: "cat: signalled\n" });
  });

  it("tells process ids and versions", async () => {
    const server = await startServer();
    server.daemon.supervisor.set("cat", "cat", { state: "RUNNING", pid: 77 });
    expect(await ctl(server, "pid")).toEqual({ code: 0, stdout: "4242\n" });
    expect(await ctl(server, "pid", "cat")).toEqual({ code: 0, stdout: "77\n" });
    expect(await ctl(server, "pid", "all")).toEqual({ code: 0, stdout: "77\n0\n0\n" });
    expect(await ctl(server, "version")).toEqual({ code: 0, stdout: "4.2.5\n" });
  });

  it("lists what is available", async () => {
    const server = await startServer();
    expect(await ctl(server, "avail")).toEqual({
      code: 0,
      stdout:
        "cat                              in use    auto      999:999\n" +
        "web:web_0                        in use    auto      999:999\n" +
        "web:web_1                        in use    auto      999:999\n",
    });
  });

  it("rereads and updates", async () => {
    const server = await startServer();
    expect(await ctl(server, "reread")).toEqual({ code: 0, stdout: "No config updates to processes\n" });
    server.daemon.difference = succeed({ added: ["new"], changed: ["cat"], removed: ["web"] });
    expect(await ctl(server, "reread")).toEqual({ code: 0, stdout: "cat: changed\nnew: available\nweb: disappeared\n" });
    server.daemon.difference = succeed({ added: [], changed: ["cat"], removed: ["web"] });
    expect(await ctl(server, "update")).toEqual({
      code: 0,
      stdout: "web: stopped\nweb: removed process group\ncat: stopped\ncat: updated process group\n",
    });
    server.daemon.difference = fail("CANT_REREAD", "the file is wrong");
    expect(await ctl(server, "reread")).toEqual({ code: 1, stdout: "ERROR: CANT_REREAD: the file is wrong\n" });
  });

  it("adds and removes groups", async () => {
    const server = await startServer();
    expect(await ctl(server, "remove", "web")).toEqual({ code: 0, stdout: "web: removed process group\n" });
    expect(await ctl(server, "add", "web")).toEqual({ code: 0, stdout: "web: added process group\n" });
    expect(await ctl(server, "add", "web")).toEqual({ code: 0, stdout: "ERROR: process group already active\n" });
  });

  it("shows and clears logs", async () => {
    const server = await startServer();
    const log = join(server.folder, "cat.log");
    writeFileSync(log, "first\nnaïve \u001b[31mred\u001b[0m\n");
    server.daemon.logPaths.set("cat:cat stdout", log);
    server.daemon.activityLog.path = log;
    expect(await ctl(server, "tail", "cat")).toMatchObject({ code: 0 });
    expect((await ctl(server, "tail", "cat")).stdout).toContain("first\nnaïve \ufffd[31mred\ufffd[0m\n");
    expect((await ctl(server, "maintail")).stdout).toContain("first\nnaïve");
    expect((await ctl(server, "tail", "-6", "cat")).stdout).toContain("\ufffd[0m\n");
    expect(await ctl(server, "tail", "cat", "stderr")).toEqual({ code: 1, stdout: "cat: ERROR (no log file)\n" });
    expect(await ctl(server, "clear", "cat", "nope")).toEqual({
      code: 1,
      stdout: "cat: cleared\nnope: ERROR (no such process)\n",
    });
    expect((await ctl(server, "clear", "all")).stdout).toBe("cat: cleared\nweb:web_0: cleared\nweb:web_1: cleared\n");
  });

  it.each([
    ["tail", "-f", "cat"],
    ["maintail", "-f"],
  ])("follows a log: %s %s", async (...action) => {
    const server = await startServer();
    const log = join(server.folder, "cat.log");
    writeFileSync(log, "before\n");
    server.daemon.logPaths.set("cat:cat stdout", log);
    server.daemon.activityLog.path = log;
    const child = spawn(SUPERVISORCTL, ctlArguments(server, action), {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: "/",
      env: { ...process.env, PYTHONUNBUFFERED: "1" },
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
    });
    await expect.poll(() => printed, { timeout: 60_000 }).toContain("==> Press Ctrl-C to exit <==\nbefore\n");
    for (const line of ["one\n", "two\n"]) {
      appendFileSync(log, line);
      await expect.poll(() => printed, { timeout: 60_000 }).toContain(line);
    }
    expect(printed).toMatch(/before\none\ntwo\n$/);
    const left = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGINT");
    await left;
  });

  it("reports a log that cannot be followed", async () => {
    const server = await startServer();
    const { stderr } = await run(SUPERVISORCTL, ctlArguments(server, ["tail", "-f", "web:web_0"]));
    expect(stderr + (await ctl(server, "tail", "-f", "web:web_0")).stdout).toContain("Cannot read, status code 404");
  });

  it("shuts the daemon down", async () => {
    const server = await startServer();
    expect(await ctl(server, "shutdown")).toEqual({ code: 0, stdout: "Shut down\n" });
    expect(server.daemon.supervisor.state).toBe("SHUTDOWN");
    expect(await ctl(server, "shutdown")).toEqual({ code: 0, stdout: "ERROR: already shutting down\n" });
    expect(await ctl(server, "reload")).toEqual({ code: 1, stdout: "ERROR: already shutting down\n" });
    expect(await ctl(server, "avail")).toEqual({ code: 1, stdout: "ERROR: supervisor shutting down\n" });
  });

  it("restarts the daemon", async () => {
    const server = await startServer();
    expect(await ctl(server, "reload")).toEqual({ code: 0, stdout: "Restarted supervisord\n" });
    expect(server.daemon.supervisor.state).toBe("RESTARTING");
  });

  it("is asked for a password that is not the one", async () => {
    const server = await startFakeServer({ server: { credentials: { username: "user", password: "another" } } });
    const { code, stdout } = await ctl(server, "status");
    expect(stdout).toContain("Server requires authentication\n");
    expect(stdout).toContain("401 Unauthorized");
    expect(code).not.toBe(0);
  });

  it("uses a unix socket as well", async () => {
    const server = await startFakeServer({ unixSocket: true });
    expect(await ctl(server, "version")).toEqual({ code: 0, stdout: "4.2.5\n" });
    const log = join(server.folder, "cat.log");
    writeFileSync(log, "before\n");
    server.daemon.logPaths.set("cat:cat stdout", log);
    expect((await ctl(server, "tail", "cat")).stdout).toContain("before\n");
  });
});

describe("Python's xmlrpc.client", () => {
  it("calls methods, gets faults, and keeps one connection for several calls", async () => {
    const server = await startServer();
    const program = `
import xmlrpc.client
server = xmlrpc.client.ServerProxy('http://user:secret@127.0.0.1:${server.port}/RPC2')
print(server.supervisor.getState())
print(server.supervisor.startProcess('cat'))
try:
    server.supervisor.startProcess('cat')
except xmlrpc.client.Fault as fault:
    print(fault.faultCode, fault.faultString)
print([info['statename'] for info in server.supervisor.getAllProcessInfo()])
print(server.supervisor.sendProcessStdin('cat', 'naïve'), server.supervisor.sendProcessStdin('cat', xmlrpc.client.Binary(b'bytes')))
print(server.system.multicall([{'methodName': 'supervisor.getPID'}, {'methodName': 'supervisor.nope', 'params': []}]))
print(server.supervisor.reloadConfig())
try:
    xmlrpc.client.ServerProxy('http://user:wrong@127.0.0.1:${server.port}/RPC2').supervisor.getState()
except xmlrpc.client.ProtocolError as error:
    print(error.errcode, error.errmsg)
`;
    const { stdout, stderr } = await run(PYTHON, ["-c", program]);
    expect(stderr).toBe("");
    expect(stdout.split("\n")).toEqual([
      "{'statecode': 1, 'statename': 'RUNNING'}",
      "True",
      "60 ALREADY_STARTED: cat",
      "['RUNNING', 'STOPPED', 'STOPPED']",
      "True True",
      "[4242, {'faultCode': 1, 'faultString': 'UNKNOWN_METHOD'}]",
      "[[[], [], []]]",
      "401 Unauthorized",
      "",
    ]);
    expect(server.daemon.stdin).toEqual(["cat:cat naïve", "cat:cat bytes"]);
  });
});

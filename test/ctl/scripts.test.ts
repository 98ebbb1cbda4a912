import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";
import { runClient, TASKMASTERCTL } from "./clients.ts";

const CONFIGURATION = `
programs:
  web: { cmd: sleep 1001, starttime: 0 }
  down: { cmd: sleep 1002, autostart: false, starttime: 0 }
  broken: { cmd: /does/not/exist, autostart: false }
  talker: { cmd: 'echo hello', starttime: 0, autorestart: never }
http:
  unix: { file: s.sock }
  inet: { port: "127.0.0.1:0", username: me, password: secret }
`;

let daemon: TestDaemon;
let url: string;

beforeAll(async () => {
  daemon = await new TestDaemon(CONFIGURATION.replace("127.0.0.1:0", `127.0.0.1:${19_000 + (process.pid % 10_000)}`)).start();
  url = `http://127.0.0.1:${19_000 + (process.pid % 10_000)}`;
  await daemon.reach("talker", "EXITED");
});

afterAll(() => daemon?.stop());

const ctl = (...words: readonly string[]) => runClient(TASKMASTERCTL, ["-s", `unix://${daemon.socket}`, ...words]);

/** The document that a command prints: all of stdout, on one line. */
async function json(...words: readonly string[]) {
  const { stdout, stderr, status } = await ctl(...words, "--json");
  expect(stdout.trimEnd()).not.toContain("\n");
  return { document: JSON.parse(stdout), stderr, status };
}

describe("--json", () => {
  it("prints one document with the data of the command, its exit status and nothing else", async () => {
    const { document, stderr, status } = await json("status", "web", "down");
    expect(document).toEqual({
      taskmasterctl: 1,
      command: "status",
      status: 3,
      error: { kind: "status", message: "exit status 3" },
      data: {
        processes: [
          expect.objectContaining({ group: "web", name: "web", statename: "RUNNING" }),
          expect.objectContaining({ group: "down", name: "down", statename: "STOPPED", pid: 0 }),
        ],
        unknown: [],
      },
      messages: [],
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 3 });
  });

  it("tells what became of each process", async () => {
    expect((await json("start", "down", "broken", "nope")).document).toMatchObject({
      status: 1,
      data: [
        { group: "down", name: "down", result: "OK" },
        { group: "broken", name: "broken", result: expect.stringContaining("NO_FILE") },
        { group: "nope", name: "nope", result: "BAD_NAME: nope" },
      ],
    });
    expect((await json("restart", "down")).document.data).toEqual({
      stopped: [{ group: "down", name: "down", result: "OK" }],
      started: [{ group: "down", name: "down", result: "OK" }],
    });
    expect((await json("stop", "down")).status).toBe(0);
  });

  it("has the text of a log as its output", async () => {
    expect((await json("tail", "talker")).document).toMatchObject({ status: 0, error: null, output: "hello\n\n" });
  });

  it("tells mistakes, faults and missing daemons in the same form", async () => {
    expect((await json("start")).document).toMatchObject({
      status: 2,
      error: { message: "Error: start requires a process name" },
    });
    expect((await json("frobnicate")).document).toMatchObject({ command: "", status: 1, data: null });
    expect((await json("status", "--stat")).document).toMatchObject({ status: 2, messages: expect.any(Array) });
    expect((await json("tail", "-f", "talker")).document).toMatchObject({ status: 1, error: { kind: "other" } });
    const { stdout, status } = await runClient(TASKMASTERCTL, ["-s", "unix:///nowhere.sock", "--json", "pid"]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 7, error: { message: "unix:///nowhere.sock no such file" } });
    expect(status).toBe(7);
  });

  it("is one document a line where commands come from stdin", async () => {
    const { stdout } = await runClient(TASKMASTERCTL, ["-s", `unix://${daemon.socket}`], {
      input: "pid --json\nversion --json\n",
    });
    const documents = stdout.split("\n").flatMap((line) => /(\{"taskmasterctl".*)$/.exec(line)?.[1] ?? []);
    expect(documents.map((line) => JSON.parse(line).data)).toEqual([{ daemon: daemon.pid }, { version: "4.2.5" }]);
  });
});

describe("--quiet", () => {
  it("prints nothing when an action went well, and everything when it did not", async () => {
    expect(await ctl("--quiet", "signal", "CONT", "web")).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(await ctl("signal", "CONT", "web", "nope", "--quiet")).toMatchObject({
      stdout: "web: signalled\nnope: ERROR (no such process)\n",
      status: 1,
    });
  });

  it("leaves alone what was asked for", async () => {
    expect((await ctl("--quiet", "pid")).stdout).toBe(`${daemon.pid}\n`);
  });
});

describe("a password", () => {
  const login = (...words: readonly string[]) => runClient(TASKMASTERCTL, ["-s", url, "-u", "me", ...words]);

  it("can come from a file, from standard input and from the environment", async () => {
    const file = join(daemon.folder, "password");
    writeFileSync(file, "secret\n");
    chmodSync(file, 0o600);
    expect(await login("--password-file", file, "pid")).toMatchObject({ stdout: `${daemon.pid}\n`, status: 0 });
    const words = ["-s", url, "-u", "me", "--password-file=-", "pid"];
    expect(await runClient(TASKMASTERCTL, words, { input: "secret\n" })).toMatchObject({ status: 0 });
    const env = { ...process.env, TASKMASTER_SERVER_URL: url, TASKMASTER_USERNAME: "me", TASKMASTER_PASSWORD: "secret" };
    expect(await runClient(TASKMASTERCTL, ["pid"], { env })).toMatchObject({ status: 0 });
  });

  it("in a file that cannot be read ends the client with what is wrong", async () => {
    expect(await login("--password-file", "/nowhere", "pid")).toMatchObject({
      stderr: expect.stringContaining("cannot read the password file /nowhere: ENOENT"),
      status: 2,
    });
  });

  it("of the command line is soon gone from the list of processes", async () => {
    const words = ["-s", url, "-u", "me", "-p", "secret", "tail", "-f", "talker"];
    const { spawn } = await import("node:child_process");
    const client = spawn(TASKMASTERCTL, words, { stdio: "ignore" });
    try {
      await waitFor("a command line without the password", () => {
        const line = readFileSync(`/proc/${client.pid}/cmdline`, "latin1");
        return line.startsWith("taskmasterctl") && !line.includes("secret");
      });
    } finally {
      client.kill();
    }
  });
});

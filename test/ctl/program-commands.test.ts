import { statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";
import { runClient, TASKMASTERCTL } from "./clients.ts";

const CONFIGURATION = (web = "numprocs: 2") => `
programs:
  web: { cmd: sleep 1001, starttime: 0, env: { GREETING: hello }, ${web} }
  job: { cmd: sleep 1002, starttime: 0, autostart: false }
  named: { cmd: sleep 1003, starttime: 0, process_name: alone }
groups:
  pair: { programs: [named] }
`;

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await new TestDaemon(CONFIGURATION()).start();
  await daemon.reach("web:web_00", "RUNNING");
});
afterAll(() => daemon?.stop());

const ctl = (...words: readonly string[]) => runClient(TASKMASTERCTL, ["-s", `unix://${daemon.socket}`, ...words]);
const pids = async () =>
  Object.fromEntries(
    ((await daemon.call("supervisor.getAllProcessInfo")) as { name: string; pid: number }[]).map(({ name, pid }) => [name, pid]),
  );

describe("scale", () => {
  it("adds and takes processes and touches no other, until the file says another number", async () => {
    const before = await pids();
    expect(await ctl("scale", "web", "4")).toMatchObject({
      stdout: "web:web_02: added\nweb:web_03: added\nweb: 4 processes, before 2\n",
      status: 0,
    });
    const grown = await pids();
    expect(grown).toMatchObject(before);
    expect(Object.keys(grown).filter((name) => name.startsWith("web"))).toHaveLength(4);
    expect(await ctl("update")).toMatchObject({ stdout: "", status: 0 });
    expect(await ctl("scale", "web", "1")).toMatchObject({ status: 0 });
    expect(Object.keys(await pids())).toEqual(["job", "alone", "web_00"]);
    await ctl("scale", "web", "2");
    expect((await ctl("scale", "web", "3", "--json")).stdout).toContain('"added":["web:web_02"]');

    daemon.configure(CONFIGURATION("numprocs: 5"));
    expect((await ctl("update")).stdout).toContain("web: updated process group\n");
    expect(Object.keys(await pids()).filter((name) => name.startsWith("web"))).toHaveLength(5);
    daemon.configure(CONFIGURATION());
    expect((await ctl("update")).stdout).toContain("web: updated process group\n");
    expect(Object.keys(await pids()).filter((name) => name.startsWith("web"))).toHaveLength(2);
  });

  it("stands a reading of the file and a restart of everything, and says what is wrong", async () => {
    await ctl("scale", "web", "3");
    await daemon.call("supervisor.restart");
    await waitFor("three again", async () => {
      const all = await pids().catch(() => ({}));
      return Object.keys(all).filter((name) => name.startsWith("web")).length === 3;
    });
    await ctl("scale", "web", "2");
    expect(await ctl("scale", "nope", "2")).toMatchObject({ stdout: "ERROR: BAD_NAME: nope\n", status: 1 });
    expect(await ctl("scale", "web", "100000")).toMatchObject({
      stdout: "ERROR: a program has 0 to 10000 processes\n",
      status: 1,
    });
    expect(await ctl("scale", "named", "2")).toMatchObject({ stdout: expect.stringContaining("PROCESS_NUM"), status: 1 });
    expect(await ctl("scale", "web")).toMatchObject({ stdout: expect.stringContaining("requires a program"), status: 2 });
    await daemon.reach("pair:alone", "RUNNING");
  });
});

describe("user", () => {
  const ownerOf = (pid: number) => statSync(`/proc/${pid}`).uid;
  /** A child is its user's a moment after it is created: a helper switches, and executes the program. */
  const reachOwner = (name: string, uid: number) =>
    waitFor(`${name} to be of user ${uid}`, async () => ownerOf((await daemon.info(name)).pid) === uid);
  const isRoot = process.getuid?.() === 0;

  it("runs a program as another user from its next start on, until the file names another", async () => {
    const set = await ctl("user", "web", "daemon");
    if (!isRoot)
      return expect(set).toMatchObject({ stdout: expect.stringContaining("only a daemon that runs as root"), status: 1 });
    expect(set).toMatchObject({
      stdout: "web: runs as daemon from its next start on\nstill running as before: web:web_00 web:web_01\n",
      status: 0,
    });
    expect(ownerOf((await daemon.info("web:web_00")).pid)).toBe(0);
    expect(await ctl("update")).toMatchObject({ stdout: "" });
    await ctl("restart", "web:web_00");
    await reachOwner("web:web_00", 1);
    // The plan of what the file says knows of it.
    expect(await ctl("plan")).toMatchObject({ stdout: expect.stringContaining("nothing"), status: 0 });

    daemon.configure(CONFIGURATION("numprocs: 2, user: bin"));
    await ctl("update");
    await daemon.reach("web:web_00", "RUNNING");
    await reachOwner("web:web_00", 2);
    await ctl("user", "web", "daemon");
    expect(await ctl("user", "web", "--reset")).toMatchObject({
      stdout: expect.stringContaining("web: runs as bin from its next start on"),
    });
    await ctl("restart", "web:web_00");
    await reachOwner("web:web_00", 2);
    daemon.configure(CONFIGURATION());
    await ctl("update");
  });

  it("says what is wrong", async () => {
    expect(await ctl("user", "nope", "daemon")).toMatchObject({ stdout: "ERROR: BAD_NAME: nope\n", status: 1 });
    expect(await ctl("user", "web")).toMatchObject({
      stdout: expect.stringContaining("requires a program and a user"),
      status: 2,
    });
    if (isRoot)
      expect(await ctl("user", "web", "no-such")).toMatchObject({ stdout: "ERROR: there is no user no-such\n", status: 1 });
  });
});

describe("env", () => {
  it("tells what the next start gets, and how that differs from what runs", async () => {
    await daemon.reach("web:web_00", "RUNNING");
    const { stdout } = await ctl("env", "web:web_00");
    expect(stdout).toContain("  GREETING=hello\n");
    expect(stdout).toContain("  SUPERVISOR_PROCESS_NAME=web_00\n");
    expect(stdout).not.toMatch(/^[+-]/m);
    expect(await ctl("env", "web:web_00", "--changed")).toMatchObject({ stdout: "", status: 0 });
    expect((await ctl("env", "job")).stdout).toContain("  SUPERVISOR_GROUP_NAME=job\n");
    expect(JSON.parse((await ctl("env", "job", "--json")).stdout)).toMatchObject({
      data: { running: false, variables: expect.arrayContaining([{ name: "SUPERVISOR_ENABLED", next: "1", running: null }]) },
    });
    expect(await ctl("env", "nope")).toMatchObject({ stdout: "nope: ERROR (no such process)\n", status: 1 });
  });
});

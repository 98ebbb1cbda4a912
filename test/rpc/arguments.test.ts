import { describe, expect, it } from "vitest";
import type { RpcValue } from "../../src/rpc/value.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

describe("a name", () => {
  it("may come as a number, for a process that is called so", async () => {
    const daemon = new FakeDaemon([aGroup("8080")]);
    expect(await call(daemon, "supervisor.startProcess", 8080)).toBe(true);
    expect(await call(daemon, "supervisor.startProcess", 80)).toBe("fault BAD_NAME: 80");
    expect(await call(daemon, "supervisor.startProcess", true)).toBe("fault BAD_NAME: True");
  });

  it.each<[RpcValue]>([[[]], [["cat"]], [{}], [null], [new Date(0)]])("that is %j is INCORRECT_PARAMETERS", async (name) => {
    const daemon = new FakeDaemon([aGroup("cat")]);
    for (const method of ["startProcess", "stopProcessGroup", "getProcessInfo", "removeProcessGroup", "clearProcessLogs"]) {
      expect(await call(daemon, `supervisor.${method}`, name)).toBe("fault INCORRECT_PARAMETERS");
    }
  });
});

describe("the wish to wait", () => {
  it.each<[RpcValue, boolean]>([
    [true, true],
    [1, true],
    ["no", true],
    ["0", true],
    [[0], true],
    [{ a: 1 }, true],
    [new Date(0), true],
    [false, false],
    [0, false],
    ["", false],
    [[], false],
    [{}, false],
    [null, false],
  ])("is %j: %s", async (wait, expected) => {
    const daemon = new FakeDaemon([aGroup("cat")]);
    await call(daemon, "supervisor.startProcess", "cat", wait);
    await call(daemon, "supervisor.stopAllProcesses", wait);
    expect(daemon.supervisor.asked).toEqual([`start cat:cat wait=${expected}`, `stop all wait=${expected}`]);
  });

  it("is assumed", async () => {
    const daemon = new FakeDaemon([aGroup("cat")]);
    await call(daemon, "supervisor.startProcess", "cat");
    await call(daemon, "supervisor.startAllProcesses");
    expect(daemon.supervisor.asked).toEqual(["start cat:cat wait=true", "start all wait=true"]);
  });
});

describe("names of groups to update", () => {
  it.each<[RpcValue[], readonly string[] | null]>([
    [[], null],
    [[[]], null],
    [[["web", 8080]], ["web", "8080"]],
  ])("given as %j are %j", async (args, expected) => {
    const daemon = new FakeDaemon([aGroup("web", [aProcess("a")])]);
    await call(daemon, "taskmaster.update", ...args);
    expect(daemon.updateRequests).toEqual([expected]);
  });

  it.each<[RpcValue]>([["web"], [1], [{}], [[["web"]]]])("given as %j are INCORRECT_PARAMETERS", async (groups) => {
    const daemon = new FakeDaemon([]);
    expect(await call(daemon, "taskmaster.update", groups)).toBe("fault INCORRECT_PARAMETERS");
    expect(daemon.updateRequests).toEqual([]);
  });
});

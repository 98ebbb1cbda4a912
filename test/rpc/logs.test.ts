import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fail } from "../../src/model/fault.ts";
import type { RpcValue } from "../../src/rpc/value.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { runPython } from "../support/python.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rpc-logs-"));
  writeFileSync(join(folder, "digits"), "0123456789");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A daemon whose one process, and which itself, logs to a file of the folder. */
function daemonWithLog(file: string): FakeDaemon {
  const daemon = new FakeDaemon([aGroup("cat"), aGroup("merged", [aProcess("merged", {}, { redirectStderr: true })])]);
  daemon.activityLog.path = join(folder, file);
  for (const name of ["cat", "merged"]) {
    daemon.logPaths.set(`${name}:${name} stdout`, join(folder, file)).set(`${name}:${name} stderr`, join(folder, file));
  }
  return daemon;
}

const READERS: Readonly<Record<string, readonly string[]>> = {
  readLog: [],
  readMainLog: [],
  readProcessStdoutLog: ["cat"],
  readProcessLog: ["cat:cat"],
  readProcessStderrLog: ["cat"],
};

describe.each(Object.keys(READERS))("%s", (method) => {
  const read = (daemon: FakeDaemon, offset: RpcValue, length: RpcValue) =>
    call(daemon, `supervisor.${method}`, ...(READERS[method] ?? []), offset, length);

  it.each<[RpcValue, RpcValue, string]>([
    [0, 0, "0123456789"],
    [-4, 0, "6789"],
    [-100, 0, "0123456789"],
    [8, 10, "89"],
    [20, 5, ""],
    [20, 0, ""],
    [3, 4, "3456"],
    [-4, 3, "fault BAD_ARGUMENTS"],
    [3, -1, "fault BAD_ARGUMENTS"],
    [-1, -1, "fault BAD_ARGUMENTS"],
    [2.9, "3", "234"],
    [true, " 2 ", "12"],
    ["-2", false, "89"],
  ])("from %j, %j bytes: %j", async (offset, length, expected) => {
    expect(await read(daemonWithLog("digits"), offset, length)).toBe(expected);
  });

  it.each<[RpcValue]>([["a"], [""], ["1.5"], [null], [[]], [{}]])("takes no %j for a number", async (wrong) => {
    expect(await read(daemonWithLog("digits"), wrong, 0)).toBe("fault INCORRECT_PARAMETERS");
    expect(await read(daemonWithLog("digits"), 0, wrong)).toBe("fault INCORRECT_PARAMETERS");
  });

  it("has U+FFFD for what is no UTF-8, as where a character is cut", async () => {
    writeFileSync(join(folder, "cut"), "é");
    expect(await read(daemonWithLog("cut"), 1, 0)).toBe("\ufffd");
    writeFileSync(join(folder, "binary"), Buffer.from([0x61, 0xff, 0x62]));
    expect(await read(daemonWithLog("binary"), 0, 0)).toBe("a\ufffdb");
  });

  it("tells which file is missing, before it looks at the numbers", async () => {
    expect(await read(daemonWithLog("missing"), -1, -1)).toBe(`fault NO_FILE: ${join(folder, "missing")}`);
  });

  it("fails on what cannot be read back", async () => {
    runPython("import os\noutput = os.mkfifo(input)", join(folder, `fifo-${method}`));
    expect(await read(daemonWithLog(`fifo-${method}`), 0, 0)).toBe("fault FAILED");
    expect(await read(daemonWithLog("."), 0, 0)).toBe("fault FAILED");
  });

  it("tells that there is no log at all", async () => {
    const daemon = new FakeDaemon([aGroup("cat")]);
    expect(await read(daemon, 0, 0)).toBe("fault NO_FILE");
  });
});

describe("reading a log", () => {
  it("tells that the daemon logs to syslog", async () => {
    const daemon = Object.assign(new FakeDaemon([]), { activityLog: { path: null, description: "syslog" } });
    expect(await call(daemon, "supervisor.readLog", 0, 0)).toBe("fault NO_FILE: syslog");
  });

  it("needs a process that exists, before a log that does", async () => {
    for (const method of ["readProcessStdoutLog", "readProcessStderrLog", "tailProcessStdoutLog", "tailProcessStderrLog"]) {
      expect(await call(daemonWithLog("missing"), `supervisor.${method}`, "nope", -1, -1)).toBe("fault BAD_NAME: nope");
      expect(await call(daemonWithLog("missing"), `supervisor.${method}`, "cat:*", 0, 0)).toBe("fault BAD_NAME: cat:*");
    }
  });

  it("finds no stderr log where stderr goes with stdout", async () => {
    expect(await call(daemonWithLog("digits"), "supervisor.readProcessStderrLog", "merged", 0, 0)).toBe("fault NO_FILE");
    expect(await call(daemonWithLog("digits"), "supervisor.tailProcessStderrLog", "merged", 0, 5)).toEqual(["", 0, false]);
  });
});

describe.each(["tailProcessStdoutLog", "tailProcessLog", "tailProcessStderrLog"])("%s", (method) => {
  const tail = (file: string, offset: RpcValue, length: RpcValue) =>
    call(daemonWithLog(file), `supervisor.${method}`, "cat", offset, length);

  it.each<[number, number, string, boolean]>([
    [0, 0, "", true],
    [0, 4, "6789", true],
    [0, 10, "0123456789", false],
    [4, 3, "789", true],
    [4, 6, "456789", false],
    [4, 7, "3456789", false],
    [8, 10, "0123456789", false],
    [10, 0, "", false],
    [10, 5, "", false],
    [20, 5, "", false],
    [0, -1, "", true],
    [-1, -1, "", true],
    [3, -2, "", true],
    [-4, 3, "789", true],
    [-4, 20, "0123456789", false],
    [-20, 5, "56789", true],
    [-4, 0, "", true],
  ])("from %i, %i bytes: %j, overflow %s", async (offset, length, bytes, overflow) => {
    expect(await tail("digits", offset, length)).toEqual([bytes, 10, overflow]);
  });

  it("has nothing to tell of a log that is not there", async () => {
    expect(await tail("missing", 5, 5)).toEqual(["", 0, false]);
    expect(await call(new FakeDaemon([aGroup("cat")]), `supervisor.${method}`, "cat", 5, 5)).toEqual(["", 0, false]);
  });

  it("takes the numbers that reading takes", async () => {
    expect(await tail("digits", "0", 4.7)).toEqual(["6789", 10, true]);
    expect(await tail("digits", "a", 4)).toBe("fault INCORRECT_PARAMETERS");
  });
});

describe("clearing logs", () => {
  it("of the daemon answers what its log answers", async () => {
    expect(await call(daemonWithLog("digits"), "supervisor.clearLog")).toBe(true);
    expect(await call(new FakeDaemon([]), "supervisor.clearLog")).toBe("fault NO_FILE");
  });

  it("of a process goes by both names of the method", async () => {
    const daemon = daemonWithLog("digits");
    expect(await call(daemon, "supervisor.clearProcessLogs", "cat")).toBe(true);
    expect(await call(daemon, "supervisor.clearProcessLog", "cat:cat")).toBe(true);
    expect(daemon.cleared).toEqual(["cat:cat", "cat:cat"]);
  });

  it("needs a process that exists", async () => {
    expect(await call(daemonWithLog("digits"), "supervisor.clearProcessLogs", "cat:*")).toBe("fault BAD_NAME: cat:*");
  });

  it("names the process when it fails", async () => {
    const daemon = daemonWithLog("digits");
    daemon.clearResult = fail("FAILED", "EACCES");
    expect(await call(daemon, "supervisor.clearProcessLogs", "cat:cat")).toBe("fault FAILED: cat:cat");
  });

  it("of all processes goes by priority and reports on each", async () => {
    const daemon = new FakeDaemon([
      aGroup("b", [aProcess("y", { priority: 2 }), aProcess("x", { priority: 1 })], 1),
      aGroup("a"),
    ]);
    const entry = (group: string, name: string) => ({ name, group, status: 80, description: "OK" });
    expect(await call(daemon, "supervisor.clearAllProcessLogs")).toEqual([entry("b", "x"), entry("b", "y"), entry("a", "a")]);
    daemon.clearResult = fail("FAILED");
    expect(await call(daemon, "supervisor.clearAllProcessLogs")).toContainEqual({
      name: "x",
      group: "b",
      status: 30,
      description: "FAILED: b:x",
    });
  });
});

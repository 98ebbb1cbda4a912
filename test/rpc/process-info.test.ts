import { describe, expect, it } from "vitest";
import { epochSeconds } from "../../src/model/time.ts";
import { isStruct, type RpcStruct, type RpcValue } from "../../src/rpc/value.ts";
import type { ProcessView } from "../../src/runtime/control.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { runPython } from "../support/python.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

const NOW = 1_700_000_000;

async function infoOf(facts: Partial<ProcessView>): Promise<RpcStruct> {
  const daemon = new FakeDaemon([aGroup("cat")]);
  daemon.supervisor.wall = NOW + 0.9;
  daemon.supervisor.set("cat", "cat", facts);
  return asStruct(await call(daemon, "supervisor.getProcessInfo", "cat"));
}

function asStruct(value: RpcValue): RpcStruct {
  if (!isStruct(value)) throw new Error(`not a struct: ${JSON.stringify(value)}`);
  return value;
}

describe("the information about a process", () => {
  it("has its members in the agreed order", async () => {
    const daemon = new FakeDaemon([aGroup("cat")]);
    daemon.supervisor.wall = NOW;
    daemon.supervisor.set("cat", "cat", {
      state: "RUNNING",
      pid: 77,
      startedAt: epochSeconds(NOW - 5.5),
      stoppedAt: epochSeconds(NOW - 100.2),
      exitCode: 3,
      spawnError: "Bad exit code 3",
    });
    daemon.logPaths.set("cat:cat stdout", "/log/out").set("cat:cat stderr", "/log/err");
    const info = asStruct(await call(daemon, "supervisor.getProcessInfo", "cat:cat"));
    expect(Object.entries(info)).toEqual([
      ["name", "cat"],
      ["group", "cat"],
      ["start", NOW - 6],
      ["stop", NOW - 101],
      ["now", NOW],
      ["state", 20],
      ["statename", "RUNNING"],
      ["spawnerr", "Bad exit code 3"],
      ["exitstatus", 3],
      ["logfile", "/log/out"],
      ["stdout_logfile", "/log/out"],
      ["stderr_logfile", "/log/err"],
      ["pid", 77],
      ["description", "pid 77, uptime 0:00:06"],
    ]);
  });

  it("has empty texts for logs that there are not", async () => {
    const daemon = new FakeDaemon([aGroup("cat", [aProcess("cat", {}, { redirectStderr: true })])]);
    daemon.logPaths.set("cat:cat stderr", "/log/err");
    expect(await call(daemon, "supervisor.getProcessInfo", "cat")).toMatchObject({
      logfile: "",
      stdout_logfile: "",
      stderr_logfile: "",
    });
  });

  it("is there for single processes only", async () => {
    const daemon = new FakeDaemon([aGroup("cat")]);
    for (const name of ["nope", "cat:*", "cat:", "cat:nope"]) {
      expect(await call(daemon, "supervisor.getProcessInfo", name)).toBe(`fault BAD_NAME: ${name}`);
    }
  });

  it("of all processes comes by group and name", async () => {
    const daemon = new FakeDaemon([
      aGroup("b", [aProcess("x_2", { priority: 1 }), aProcess("x_10", { priority: 2 })], 1),
      aGroup("a", [aProcess("z"), aProcess("Z")], 2),
    ]);
    const all = (await call(daemon, "supervisor.getAllProcessInfo")) as readonly RpcStruct[];
    expect(all.map((info) => `${info.group}:${info.name}`)).toEqual(["a:Z", "a:z", "b:x_10", "b:x_2"]);
  });
});

describe("the description of a process", () => {
  it.each([
    ["STARTING", ""],
    ["STOPPING", ""],
    ["UNKNOWN", ""],
    ["STOPPED", "Not started"],
    ["EXITED", "Not started"],
    ["FATAL", `unknown error (try "tail cat")`],
    ["BACKOFF", `unknown error (try "tail cat")`],
  ] as const)("in state %s without a past is %j", async (state, expected) => {
    expect((await infoOf({ state })).description).toBe(expected);
  });

  it("tells the problem of a process that does not start", async () => {
    for (const state of ["FATAL", "BACKOFF"] as const) {
      expect((await infoOf({ state, spawnError: "command is empty" })).description).toBe("command is empty");
    }
  });

  const ages = [0, 1, 59, 60, 3599, 3600, 36_000, 86_399, 86_400, 90_061, 2 * 86_400, 100 * 86_400 + 59, -1, -90_000];
  it("tells how long a process has been up, as Python prints it", async () => {
    const python = runPython("import datetime\noutput = [str(datetime.timedelta(seconds=max(age, 0))) for age in input]", ages);
    const ours = await Promise.all(
      ages.map(async (age) => (await infoOf({ state: "RUNNING", pid: 5, startedAt: epochSeconds(NOW - age) })).description),
    );
    expect(ours).toEqual((python as string[]).map((text) => `pid 5, uptime ${text}`));
  });

  const stops = [1, 946_684_800, 1_709_164_799, 1_700_000_000, 1_700_042_400, 1_719_792_000, 2_147_483_647];
  it("tells when a process ended, in local time, as Python prints it", async () => {
    const python = runPython(
      "import time\noutput = [time.strftime('%b %d %I:%M %p', time.localtime(at)) for at in input]",
      stops,
    );
    const ours = await Promise.all(
      stops.map(async (at) => {
        return (await infoOf({ state: "EXITED", startedAt: epochSeconds(1), stoppedAt: epochSeconds(at + 0.7) })).description;
      }),
    );
    expect(ours).toEqual(python);
  });
});

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RpcValue } from "../../src/rpc/value.ts";
import { aGroup } from "../support/build-config.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

const daemon = () => new FakeDaemon([aGroup("cat"), aGroup("dog")]);

function multicall(fake: FakeDaemon, ...calls: RpcValue[]): Promise<RpcValue> {
  return call(fake, "system.multicall", calls);
}

describe("multicall", () => {
  it("answers the bare results and the faults, in order", async () => {
    expect(
      await multicall(
        daemon(),
        { methodName: "supervisor.getPID" },
        { methodName: "supervisor.startProcess", params: ["cat"] },
        { methodName: "supervisor.startProcess", params: ["cat", false] },
        { methodName: "supervisor.getState", params: [] },
        { methodName: "supervisor.reloadConfig" },
      ),
    ).toEqual([
      4242,
      true,
      { faultCode: 60, faultString: "ALREADY_STARTED: cat" },
      { statecode: 1, statename: "RUNNING" },
      [[[], [], []]],
    ]);
  });

  it("of nothing is nothing", async () => {
    expect(await multicall(daemon())).toEqual([]);
  });

  it.each<[RpcValue, number, string]>([
    [{}, 2, "INCORRECT_PARAMETERS: No methodName"],
    [{ methodName: null }, 2, "INCORRECT_PARAMETERS: No methodName"],
    [{ methodName: "system.multicall", params: [[]] }, 2, "INCORRECT_PARAMETERS: Recursive system.multicall forbidden"],
    [{ methodName: "" }, 1, "UNKNOWN_METHOD"],
    [{ methodName: 5 }, 1, "UNKNOWN_METHOD"],
    [{ methodName: "supervisor.nope" }, 1, "UNKNOWN_METHOD"],
    [{ methodName: "supervisor.getPID", params: [1] }, 2, "INCORRECT_PARAMETERS"],
    [{ methodName: "supervisor.getPID", params: "no array" }, 2, "INCORRECT_PARAMETERS"],
    [{ methodName: "supervisor.startProcess", params: ["nope"] }, 10, "BAD_NAME: nope"],
  ])("of %j is a fault among the results", async (inner, faultCode, faultString) => {
    expect(await multicall(daemon(), inner, { methodName: "supervisor.getPID" })).toEqual([{ faultCode, faultString }, 4242]);
  });

  it.each<[RpcValue]>([[5], [{}], ["text"], [null], [[1]], [["text"]], [[{ methodName: "supervisor.shutdown" }, 1]]])(
    "of %j is refused as a whole",
    async (calls) => {
      const fake = daemon();
      expect(await call(fake, "system.multicall", calls)).toBe("fault INCORRECT_PARAMETERS");
      expect(fake.supervisor.state).toBe("RUNNING");
    },
  );

  it("makes each call only when the one before is settled", async () => {
    const fake = daemon();
    let release = (): void => {};
    fake.supervisor.held = new Promise((resolve) => {
      release = resolve;
    });
    const answer = multicall(
      fake,
      { methodName: "supervisor.startProcess", params: ["cat"] },
      { methodName: "supervisor.startProcess", params: ["dog", false] },
      { methodName: "supervisor.getProcessInfo", params: ["cat"] },
    );
    await Promise.resolve();
    expect(fake.supervisor.asked).toEqual(["start cat:cat wait=true"]);
    release();
    expect(await answer).toEqual([true, true, expect.objectContaining({ statename: "RUNNING" })]);
    expect(fake.supervisor.asked).toEqual(["start cat:cat wait=true", "start dog:dog wait=false"]);
  });

  it("goes on refusing once one of its calls has asked for the shutdown", async () => {
    expect(await multicall(daemon(), { methodName: "supervisor.shutdown" }, { methodName: "supervisor.getPID" })).toEqual([
      true,
      { faultCode: 6, faultString: "SHUTDOWN_STATE" },
    ]);
  });

  it("survives a call that throws", async () => {
    const fake = daemon();
    Object.defineProperty(fake.configuration, "reread", {
      value: () => {
        throw new TypeError("a defect");
      },
    });
    expect(await multicall(fake, { methodName: "supervisor.reloadConfig" }, { methodName: "supervisor.getPID" })).toEqual([
      { faultCode: 30, faultString: "FAILED: TypeError: a defect" },
      4242,
    ]);
  });

  it("makes no more calls once the results are very large", async () => {
    const folder = mkdtempSync(join(tmpdir(), "multicall-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const log = join(folder, "cat.log");
    writeFileSync(log, "");
    truncateSync(log, 40 * 1024 * 1024);
    const fake = daemon();
    fake.logPaths.set("cat:cat stdout", log);
    const read = { methodName: "supervisor.readProcessStdoutLog", params: ["cat", 0, 0] };
    const results = await multicall(fake, read, read, read, { methodName: "supervisor.shutdown" });
    const refusal = { faultCode: 30, faultString: "FAILED: the results of the calls before are too large" };
    expect((results as readonly RpcValue[]).slice(2)).toEqual([refusal, refusal]);
    expect(fake.supervisor.state).toBe("RUNNING");
  });

  it("lets others have their turn between many calls", async () => {
    let isDone = false;
    let turns = 0;
    const calls = Array.from({ length: 20_000 }, () => ({ methodName: "supervisor.getAllProcessInfo" }));
    const answer = multicall(daemon(), ...calls).then(() => {
      isDone = true;
    });
    while (!isDone) {
      await setImmediate();
      turns += 1;
    }
    await answer;
    expect(turns).toBeGreaterThan(1);
  });
});

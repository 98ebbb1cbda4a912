import { describe, expect, it } from "vitest";
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
});

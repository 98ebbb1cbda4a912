import { describe, expect, it } from "vitest";
import { nextAlarm } from "../../src/kernel/step.ts";
import { millis } from "../../src/model/time.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { KernelDriver, one } from "./kernel-driver.ts";

const COUNT = 3000;
const NAMES = Array.from({ length: COUNT }, (_, index) => `p${index}`);

function threeThousand(): KernelDriver {
  return new KernelDriver(NAMES.map((name, index) => aGroup(name, [aProcess(name)], index % 7))).run();
}

describe("three thousand processes", () => {
  it("start, and come up by one alarm after the other", () => {
    const kernel = threeThousand();
    expect(nextAlarm(kernel.state)).toBe(1000);
    kernel.advance(1000);
    expect(NAMES.every((name) => kernel.stateOf(name) === "RUNNING")).toBe(true);
    expect(nextAlarm(kernel.state)).toBeNull();
  });

  it("are left alone by what happens to one of them", () => {
    const kernel = threeThousand();
    kernel.advance(1000);
    kernel.effects.length = 0;
    const before = new Map(kernel.state.processes);
    kernel.exit("p1500", 1);
    kernel.stop(one("p1501"));
    const touched = [...kernel.state.processes].filter(([id, process]) => before.get(id) !== process).map(([id]) => id);
    expect(touched).toEqual(["p1500:p1500", "p1501:p1501"]);
    expect(kernel.effects.length).toBeLessThan(20);
  });

  it("are stopped and started by one request each", () => {
    const kernel = threeThousand();
    kernel.advance(1000);
    const stop = kernel.stop({ kind: "all" });
    for (const name of NAMES) kernel.exit(name);
    expect(kernel.outcomes(stop)).toHaveLength(COUNT);
    const start = kernel.start({ kind: "all" });
    kernel.advance(1000);
    expect(kernel.outcomes(start)).toHaveLength(COUNT);
  });

  it("are stopped group after group by a shutdown", () => {
    const kernel = new KernelDriver(NAMES.map((name) => aGroup(name, [aProcess(name, { startMillis: millis(0) })]))).run();
    kernel.input({ kind: "leave", mode: "SHUTDOWN" });
    for (const name of NAMES.toReversed()) {
      expect(kernel.stateOf(name)).toBe("STOPPING");
      kernel.exit(name);
    }
    expect(kernel.effects.at(-1)).toEqual({ kind: "leave", mode: "SHUTDOWN" });
  });
});

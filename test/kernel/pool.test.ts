import { describe, expect, it } from "vitest";
import type { Effect } from "../../src/kernel/effect.ts";
import type { GroupConfig } from "../../src/model/config.ts";
import type { EventType } from "../../src/model/event.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { KernelDriver, one } from "./kernel-driver.ts";

/** A pool of one listener of its name, which is stopped last. */
function aPool(name: string, events: readonly EventType[] = ["EVENT"]): GroupConfig {
  return { ...aGroup(name, [aProcess(name)], -1), listener: { events, bufferSize: 10, resultHandler: "" } };
}

/** What the world hears of groups and pools: `pool l`, `pool l gone`, `ADDED l`. */
function announced(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => {
    if (effect.kind === "pool") return [effect.config === null ? `pool ${effect.group} gone` : `pool ${effect.group}`];
    if (effect.kind !== "publish" || effect.event.kind !== "process-group") return [];
    return [`${effect.event.change} ${effect.event.group}`];
  });
}

describe("a group of event listeners", () => {
  it("is a pool before it is told of its own appearance, and none before its end is told", () => {
    const kernel = new KernelDriver([aPool("l"), aGroup("p")]).run();
    expect(announced(kernel.effects)).toEqual(["pool l", "ADDED l", "ADDED p"]);
    kernel.effects.length = 0;
    kernel.update([aGroup("p")]);
    expect(announced(kernel.effects)).toEqual([]);
    kernel.exit("l");
    expect(announced(kernel.effects)).toEqual(["pool l gone", "REMOVED l"]);
  });

  it("is gone with its group when that is removed", () => {
    const kernel = new KernelDriver([aPool("l")]);
    kernel.effects.length = 0;
    kernel.input({ kind: "remove-group", group: "l" });
    expect(announced(kernel.effects)).toEqual(["pool l gone", "REMOVED l"]);
  });

  it("changes its subscriptions while its listeners go on", () => {
    const kernel = new KernelDriver([aPool("l")]).run();
    kernel.effects.length = 0;
    kernel.update([aPool("l", ["TICK"])]);
    expect(kernel.effects[0]).toEqual({ kind: "pool", group: "l", config: aPool("l", ["TICK"]) });
    expect(kernel.takeStates()).toEqual([]);
  });

  it("gets new children when they were programs before, and the other way round", () => {
    const program = { ...aPool("l"), listener: null };
    const kernel = new KernelDriver([program]).run();
    for (const [next, told] of [
      [aPool("l"), "pool l"],
      [program, "pool l gone"],
    ] as const) {
      kernel.effects.length = 0;
      kernel.update([next]);
      expect(announced(kernel.effects)).toEqual([told]);
      kernel.exit("l");
      expect(kernel.takeStates()).toEqual(["l STOPPING", "l STOPPED", "l STARTING"]);
    }
  });
});

describe("a departure", () => {
  function leaving(): KernelDriver {
    const kernel = new KernelDriver([aPool("l"), aGroup("p")]).run();
    kernel.advance(5000);
    kernel.takeStates();
    kernel.input({ kind: "leave", mode: "SHUTDOWN" });
    kernel.exit("p");
    return kernel;
  }

  it("lets listeners hear how the programs ended, and stops them once they have answered", () => {
    const kernel = leaving();
    expect(kernel.effects.at(-1)).toEqual({ kind: "farewell", group: "l" });
    expect(kernel.takeStates()).toEqual(["p STOPPING", "p STOPPED"]);
    kernel.input({ kind: "farewell-over", group: "l" });
    kernel.exit("l");
    expect(kernel.effects.at(-1)).toEqual({ kind: "leave", mode: "SHUTDOWN" });
    expect(kernel.takeStates()).toEqual(["l STOPPING", "l STOPPED"]);
    expect(kernel.state.alarms.size).toBe(0);
  });

  it("waits no longer than a second for them", () => {
    const kernel = leaving();
    kernel.advance(999);
    expect(kernel.takeStates()).toEqual(["p STOPPING", "p STOPPED"]);
    kernel.advance(1);
    expect(kernel.takeStates()).toEqual(["l STOPPING"]);
    kernel.input({ kind: "farewell-over", group: "l" });
    expect(kernel.effects).toEqual([]);
  });

  it("goes on when the listeners end by themselves", () => {
    const kernel = leaving();
    kernel.exit("l");
    expect(kernel.effects.at(-1)).toEqual({ kind: "leave", mode: "SHUTDOWN" });
    expect(kernel.state.alarms.size).toBe(0);
  });

  it("does not wait for listeners that are down", () => {
    const kernel = new KernelDriver([aPool("l")]).run();
    kernel.stop(one("l"));
    kernel.exit("l");
    kernel.input({ kind: "leave", mode: "SHUTDOWN" });
    expect(kernel.effects.at(-1)).toEqual({ kind: "leave", mode: "SHUTDOWN" });
  });
});

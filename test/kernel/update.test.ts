import { describe, expect, it } from "vitest";
import type { CommandLine } from "../../src/model/config.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { KernelDriver } from "./kernel-driver.ts";

const other: CommandLine = { text: "other", words: ["other"], problem: null };

describe("an update", () => {
  it("touches nothing when nothing differs", () => {
    const groups = [aGroup("a"), aGroup("b")];
    const kernel = new KernelDriver(groups).run();
    kernel.effects.length = 0;
    const request = kernel.update([aGroup("a"), aGroup("b")]);
    expect(kernel.effects).toEqual([{ kind: "settle", request, answer: { kind: "updated", groups: [] } }]);
  });

  it("adds, replaces and removes what differs, and leaves the rest of a changed group alone", () => {
    const kernel = new KernelDriver([
      aGroup("g", [aProcess("same"), aProcess("changed"), aProcess("gone")]),
      aGroup("old"),
    ]).run();
    kernel.takeStates();
    const request = kernel.update([
      aGroup("g", [aProcess("same"), aProcess("changed", {}, { command: other }), aProcess("fresh")]),
      aGroup("new"),
    ]);
    expect(kernel.takeStates()).toEqual(["old STOPPING", "gone STOPPING", "changed STOPPING", "fresh STARTING", "new STARTING"]);
    kernel.exit("g:changed");
    kernel.exit("g:gone");
    kernel.exit("old");
    expect(kernel.answer(request)).toEqual({
      kind: "updated",
      groups: [
        { group: "old", change: "removed", stopped: 1 },
        { group: "g", change: "changed", stopped: 2 },
        { group: "new", change: "added", stopped: 0 },
      ],
    });
    expect(kernel.takeStates()).toEqual(["changed STOPPED", "changed STARTING", "gone STOPPED", "old STOPPED"]);
    expect([...kernel.state.processes.keys()].sort()).toEqual(["g:changed", "g:fresh", "g:same", "new:new"]);
  });

  it("changes a policy in place", () => {
    const kernel = new KernelDriver([aGroup("a", [aProcess("a", { startRetries: 0 })])]).run();
    kernel.takeStates();
    kernel.update([aGroup("a", [aProcess("a", { startRetries: 1 })])]);
    expect(kernel.takeStates()).toEqual([]);
    kernel.exit("a", 1);
    expect(kernel.stateOf("a")).toBe("BACKOFF");
  });

  it("starts a process whose autostart was switched on", () => {
    const kernel = new KernelDriver([aGroup("a", [aProcess("a", { autostart: false })])]).run();
    kernel.update([aGroup("a")]);
    expect(kernel.stateOf("a")).toBe("STARTING");
  });

  it("starts a changed process that was up, autostart or not", () => {
    const kernel = new KernelDriver([aGroup("a", [aProcess("a", { autostart: false })])]).run();
    kernel.start({ kind: "all" });
    kernel.update([aGroup("a", [aProcess("a", { autostart: false }, { command: other })])]);
    kernel.exit("a");
    expect(kernel.stateOf("a")).toBe("STARTING");
  });

  it("may be confined to some groups", () => {
    const kernel = new KernelDriver([aGroup("a"), aGroup("b")]).run();
    kernel.update([], new Set(["b"]));
    expect(kernel.stateOf("a")).toBe("STARTING");
    expect(kernel.stateOf("b")).toBe("STOPPING");
  });

  it("can be overtaken by another: what is on its way out comes back as it is wanted now", () => {
    const kernel = new KernelDriver([aGroup("a")]).run();
    const first = kernel.update([]);
    const second = kernel.update([aGroup("a", [aProcess("a", {}, { command: other })])]);
    kernel.exit("a");
    expect(kernel.stateOf("a")).toBe("STARTING");
    expect(kernel.answer(first)).toBeDefined();
    expect(kernel.answer(second)).toBeDefined();
  });
});

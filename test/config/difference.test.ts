import { describe, expect, it } from "vitest";
import { compareGroup, compareGroups } from "../../src/config/difference.ts";
import { aGroup, aLaunch, aProcess } from "../support/build-config.ts";

describe("the difference between two configurations", () => {
  it("names added and changed groups in the new order, removed ones in the active order", () => {
    const active = [aGroup("z"), aGroup("kept"), aGroup("changed", undefined, 1), aGroup("a")];
    const next = [aGroup("new2"), aGroup("changed", undefined, 2), aGroup("kept"), aGroup("new1")];
    expect(compareGroups(active, next)).toEqual({ added: ["new2", "new1"], changed: ["changed"], removed: ["z", "a"] });
  });

  it("is none between equal configurations, however they were made", () => {
    const groups = () => [aGroup("a", [aProcess("p", {}, { environment: { A: "1", B: "2" } })])];
    const reordered = [aGroup("a", [aProcess("p", {}, { environment: { B: "2", A: "1" } })])];
    expect(compareGroups(groups(), reordered)).toEqual({ added: [], changed: [], removed: [] });
  });

  it("counts an automatic log that became a path", () => {
    const silent = aLaunch().stdout;
    const auto = aGroup("a", [aProcess("p", {}, { stdout: { ...silent, log: { kind: "auto" } } })]);
    const path = aGroup("a", [aProcess("p", {}, { stdout: { ...silent, log: { kind: "file", path: "/tmp/x" } } })]);
    expect(compareGroups([auto], [path]).changed).toEqual(["a"]);
    expect(compareGroup(auto, path).processes).toEqual([
      { process: "p", change: "launch", keys: ["launch.stdout.log.kind", "launch.stdout.log.path"] },
    ]);
  });

  it("says of each process what becomes of it, and why", () => {
    const active = aGroup("g", [aProcess("gone"), aProcess("same"), aProcess("policy"), aProcess("launch")], 5);
    const next = aGroup("g", [
      aProcess("new"),
      aProcess("same"),
      aProcess("policy", { exitCodes: [0, 2], autostart: false }),
      aProcess("launch", { priority: 1 }, { environment: { A: "1" }, umask: 0o22 }),
    ]);
    expect(compareGroup(active, next)).toEqual({
      group: "g",
      keys: ["priority"],
      processes: [
        { process: "new", change: "added", keys: [] },
        { process: "policy", change: "policy", keys: ["policy.autostart", "policy.exitCodes"] },
        { process: "launch", change: "launch", keys: ["policy.priority", "launch.umask", "launch.environment.A"] },
        { process: "gone", change: "removed", keys: [] },
      ],
    });
  });

  it("sees a pool of listeners change in itself", () => {
    const pool = (bufferSize: number) => ({
      ...aGroup("e"),
      listener: { events: ["TICK_5"] as const, bufferSize, resultHandler: "x:y" },
    });
    expect(compareGroup(pool(10), pool(11))).toEqual({ group: "e", keys: ["listener.bufferSize"], processes: [] });
    expect(compareGroup(pool(10), aGroup("e")).keys).toEqual(["listener"]);
  });
});

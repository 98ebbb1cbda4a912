import { describe, expect, it } from "vitest";
import { compareText, distinctProcesses, orderGroups, orderProcesses } from "../../src/config/order.ts";
import { aGroup, aProcess } from "../support/build-config.ts";

describe("the order of a configuration", () => {
  it("compares names by code point", () => {
    expect(["b", "a", "B", "\uffff", "😀", "ab", ""].sort(compareText)).toEqual(["", "B", "a", "ab", "b", "\uffff", "😀"]);
  });

  it("puts low priorities first, then names as text", () => {
    const processes = [
      aProcess("x_2"),
      aProcess("x_10"),
      aProcess("late", { priority: 1000 }),
      aProcess("first", { priority: -1 }),
    ];
    expect(orderProcesses(processes).map(({ name }) => name)).toEqual(["first", "x_10", "x_2", "late"]);
  });

  it("keeps the last of equal processes in the place of the first", () => {
    const processes = [aProcess("a", { priority: 1 }), aProcess("b"), aProcess("a", { priority: 2 })];
    expect(distinctProcesses(processes).map(({ name, policy }) => [name, policy.priority])).toEqual([
      ["a", 2],
      ["b", 999],
    ]);
  });

  it("keeps the first of equal groups", () => {
    const { groups, dropped } = orderGroups([aGroup("b"), aGroup("a"), aGroup("b", [], 1)]);
    expect(groups.map(({ name, priority }) => [name, priority])).toEqual([
      ["b", 1],
      ["a", 999],
    ]);
    expect(dropped.map(({ priority }) => priority)).toEqual([999]);
  });
});

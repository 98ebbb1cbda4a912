import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { LogGrowth } from "../../src/logs/log-growth.ts";

it("the growth of a log is told to its followers, once a turn, until they leave", async () => {
  const growth = new LogGrowth();
  const heard: string[] = [];
  const leave = growth.follow("/log", () => heard.push("one"));
  growth.follow("/log", () => heard.push("two"));
  growth.follow("/other", () => heard.push("other"));
  growth.tell("/log");
  growth.tell("/log");
  growth.tell("/unknown");
  expect(heard).toEqual([]);
  await nextTurn();
  expect(heard).toEqual(["one", "two"]);
  leave();
  leave();
  growth.tell("/log");
  await nextTurn();
  expect(heard).toEqual(["one", "two", "two"]);
});

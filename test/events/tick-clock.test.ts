import { beforeEach, describe, expect, it } from "vitest";
import { TickClock } from "../../src/events/tick-clock.ts";
import { FakeClock } from "./fake-clock.ts";

const HOUR = 3600;

let clock: FakeClock;
let ticks: string[];
let tickClock: TickClock;
beforeEach(() => {
  clock = new FakeClock(1000.25);
  ticks = [];
  tickClock = new TickClock(clock, ({ period, when }) => ticks.push(`${period}:${when}`));
});

describe("ticks", () => {
  it("come when a slice of time begins, and none comes at the start", () => {
    tickClock.watch([5]);
    clock.pass(4.7);
    expect(ticks).toEqual([]);
    clock.pass(0.1);
    expect(ticks).toEqual(["5:1005"]);
    clock.pass(10);
    expect(ticks).toEqual(["5:1005", "5:1010", "5:1015"]);
  });

  it("wake nobody up between the slices", () => {
    tickClock.watch([5, 60, HOUR]);
    clock.pass(600);
    expect(clock.rings).toBe(120);
    expect(ticks.filter((tick) => tick.startsWith("60:"))).toHaveLength(10);
  });

  it("of several periods come in the order of these", () => {
    clock = new FakeClock(HOUR - 1);
    tickClock = new TickClock(clock, ({ period, when }) => ticks.push(`${period}:${when}`));
    tickClock.watch([5, 60, HOUR]);
    clock.pass(1);
    expect(ticks).toEqual(["5:3600", "60:3600", "3600:3600"]);
  });

  it("take no alarm when nobody wants them", () => {
    tickClock.watch([]);
    expect(clock.alarm).toBeNull();
    tickClock.watch([60]);
    tickClock.watch([]);
    expect(clock.alarm).toBeNull();
  });

  it("go on undisturbed when another period is watched as well", () => {
    tickClock.watch([60]);
    clock.pass(21);
    tickClock.watch([5, 60]);
    clock.pass(4);
    expect(ticks).toEqual(["60:1020", "5:1025"]);
  });

  it("that were skipped by a jump of the clock are not made up", () => {
    tickClock.watch([5]);
    clock.pass(1);
    clock.jump(1000);
    clock.pass(10);
    expect(ticks).toEqual(["5:2005", "5:2010"]);
  });

  it("go on after the clock was set back", () => {
    tickClock.watch([5]);
    clock.pass(5);
    clock.jump(-500);
    clock.pass(11);
    expect(ticks).toEqual(["5:1005", "5:510", "5:515"]);
  });

  it("of an hour come within a minute after a jump", () => {
    tickClock.watch([HOUR]);
    clock.pass(10);
    clock.jump(2 * HOUR);
    clock.pass(60);
    expect(ticks).toEqual([`${HOUR}:${2 * HOUR}`]);
  });
});

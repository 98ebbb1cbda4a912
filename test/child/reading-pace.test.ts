import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ReadingPace } from "../../src/child/reading-pace.ts";

let now = 1000;
beforeEach(() => vi.spyOn(performance, "now").mockImplementation(() => now));
afterEach(() => vi.restoreAllMocks());

/** Readings of so many bytes, each so many milliseconds after the one before. */
function read(pace: ReadingPace, bytes: number, afterMs: number, times: number): boolean[] {
  return Array.from({ length: times }, () => {
    now += afterMs;
    return pace.isWorthResting(bytes);
  });
}

it("a pipe into which lines are written without a pause is left alone, until less comes", () => {
  const pace = new ReadingPace();
  expect(read(pace, 200, 0.05, 32)).toEqual([...Array(31).fill(false), true]);
  expect(read(pace, 100_000, 1, 3)).toEqual([true, true, true]);
  expect(read(pace, 100, 1, 1)).toEqual([false]);
  expect(read(pace, 200, 0.05, 31)).not.toContain(true);
});

it("lines with pauses, words of a talk and large blocks are read at once", () => {
  expect(read(new ReadingPace(), 200, 0.5, 100)).not.toContain(true);
  expect(read(new ReadingPace(), 12, 0.05, 100)).not.toContain(true);
  expect(read(new ReadingPace(), 65_000, 0.05, 100)).not.toContain(true);
});

it("a pipe that fills up during a rest gets none", () => {
  const pace = new ReadingPace();
  expect(read(pace, 200, 0.05, 32).at(-1)).toBe(true);
  expect(read(pace, 900_000, 1, 1)).toEqual([false]);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TimeIndex } from "../../src/logs/time-index.ts";

describe("the times of a log", () => {
  it("tell where what was written since then begins", () => {
    const index = new TimeIndex();
    index.opened(100);
    index.grew(150, 1000);
    index.grew(160, 1000.5);
    index.grew(200, 1010);
    expect([999, 1000, 1000.7, 1005, 1010, 1011].map((time) => index.offsetSince(time))).toEqual([0, 100, 100, 160, 160, 200]);
  });

  it("begin anew with another file, and with a clock that was set back", () => {
    const index = new TimeIndex();
    index.opened(0);
    index.grew(500, 1000);
    index.opened(0);
    index.grew(20, 1002);
    expect(index.offsetSince(1001)).toBe(0);
    index.grew(40, 10);
    expect(index.offsetSince(11)).toBe(40);
  });

  it("never leave out what is as new, and little that is older comes with it", () => {
    const writes = fc.array(fc.record({ pause: fc.constantFrom(0, 0.3, 1, 7, 60), bytes: fc.integer({ min: 1, max: 50 }) }), {
      minLength: 1,
      maxLength: 3000,
    });
    fc.assert(
      fc.property(writes, fc.nat(2000), (all, ago) => {
        const index = new TimeIndex();
        index.opened(0);
        let [now, size] = [10_000, 0];
        const written = all.map(({ pause, bytes }) => {
          now += pause;
          const offset = size;
          size += bytes;
          index.grew(size, now);
          return { now, offset };
        });
        const since = now - ago;
        const first = written.find((write) => write.now >= since)?.offset ?? size;
        const told = index.offsetSince(since);
        expect(told).toBeLessThanOrEqual(first);
        const oldest = written.find(({ offset }) => offset >= told);
        // At most a spacing of the index, which grows with what is remembered.
        if (since >= 10_000 && oldest !== undefined)
          expect(since - oldest.now).toBeLessThanOrEqual(Math.max(2, (now - 10_000) / 60));
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Alarms } from "../../src/kernel/alarms.ts";
import { type Millis, millis } from "../../src/model/time.ts";

describe("the heap of due times", () => {
  it("rings in order of due time, whatever was set, moved and cleared before", () => {
    const changes = fc.array(fc.tuple(fc.nat(20), fc.option(fc.nat(1000).map(millis), { nil: null })), { maxLength: 200 });
    fc.assert(
      fc.property(changes, (list) => {
        const alarms = new Alarms<number>();
        const model = new Map<number, Millis>();
        for (const [key, at] of list) {
          alarms.set(key, at);
          if (at === null) model.delete(key);
          else model.set(key, at);
          expect(alarms.next()).toBe(model.size === 0 ? null : Math.min(...model.values()));
        }
        const rung = alarms.takeDue(millis(500));
        const due = [...model].filter(([, at]) => at <= 500);
        expect([...rung].sort()).toEqual(due.map(([key]) => key).sort());
        expect(rung.map((key) => model.get(key))).toEqual(due.map(([, at]) => at).sort((left, right) => left - right));
        expect(alarms.size).toBe(model.size - due.length);
      }),
    );
  });
});

import type { AlarmClock } from "../../src/events/tick-clock.ts";
import { epochSeconds, type Instant, type Millis, millis } from "../../src/model/time.ts";

/** A clock that stands until the test moves it. */
export class FakeClock implements AlarmClock {
  alarm: Millis | null = null;
  /** How often it has rung. */
  rings = 0;
  #ring: () => void = () => {};
  #mono = 0;
  #wall: number;

  constructor(wall = 1000) {
    this.#wall = wall;
  }

  now(): Instant {
    return { mono: millis(this.#mono), wall: epochSeconds(this.#wall) };
  }

  setAlarm(at: Millis | null, ring: () => void): void {
    this.alarm = at;
    this.#ring = ring;
  }

  /** Lets time pass; both clocks go on. */
  pass(seconds: number): void {
    const end = this.#mono + seconds * 1000;
    while (this.alarm !== null && this.alarm <= end) {
      const passed = Math.max(0, this.alarm - this.#mono);
      this.#mono += passed;
      this.#wall += passed / 1000;
      this.alarm = null;
      this.rings += 1;
      this.#ring();
    }
    this.#wall += (end - this.#mono) / 1000;
    this.#mono = end;
  }

  /** Somebody sets the wall clock. */
  jump(seconds: number): void {
    this.#wall += seconds;
  }
}

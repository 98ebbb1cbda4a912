import type { TickEvent, TickPeriod } from "../model/event.ts";
import { type Instant, later, type Millis, millis } from "../model/time.ts";

/** A clock with one alarm. */
export interface AlarmClock {
  now(): Instant;
  /** Rings once when the monotonic clock reaches `at`; replaces the alarm set before, `null` for none. */
  setAlarm(at: Millis | null, ring: () => void): void;
}

/**
 * Nobody tells of a jump of the wall clock, and after a suspension the alarm rings late. So the clock is looked at once a minute, even
 * for those who only want to hear of hours.
 */
const LONGEST_SLEEP = millis(60_000);

/**
 * Tells when another slice of wall-clock time begins, for the periods that somebody wants to hear of; without any it sleeps.
 * After a jump of the clock there is one tick, for the slice that it has come to. Slices that were skipped are not made up.
 */
export class TickClock {
  readonly #clock: AlarmClock;
  readonly #publish: (tick: TickEvent) => void;
  /** By period, the beginning of the slice that was announced last. */
  #slices: ReadonlyMap<TickPeriod, number> = new Map();

  constructor(clock: AlarmClock, publish: (tick: TickEvent) => void) {
    this.#clock = clock;
    this.#publish = publish;
  }

  /** A period that is new begins with the next slice. */
  watch(periods: readonly TickPeriod[]): void {
    const now = this.#clock.now();
    this.#slices = new Map(periods.map((period) => [period, this.#slices.get(period) ?? sliceOf(period, now)]));
    this.#sleep(now);
  }

  #wake(): void {
    const now = this.#clock.now();
    const before = this.#slices;
    this.#slices = new Map([...before.keys()].map((period) => [period, sliceOf(period, now)]));
    this.#sleep(now);
    for (const [period, when] of this.#slices) {
      if (before.get(period) !== when) this.#publish({ kind: "tick", period, when });
    }
  }

  #sleep({ mono, wall }: Instant): void {
    const waits = [...this.#slices].map(([period, slice]) => (slice + period - wall) * 1000);
    const at = waits.length === 0 ? null : later(mono, millis(Math.min(...waits, LONGEST_SLEEP)));
    this.#clock.setAlarm(at, () => this.#wake());
  }
}

function sliceOf(period: TickPeriod, { wall }: Instant): number {
  return Math.floor(wall / period) * period;
}

import { epochSeconds, type Instant, type Millis, millis } from "../model/time.ts";

/** `setTimeout` takes longer delays for 1 ms. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Both clocks of the system, and the one alarm that the supervisor needs. */
export class SystemClock {
  #timer: NodeJS.Timeout | null = null;

  now(): Instant {
    return { mono: millis(performance.now()), wall: epochSeconds(Date.now() / 1000) };
  }

  /** Rings once when the monotonic clock reaches `at`, never before; replaces the alarm set before, `null` for none. */
  setAlarm(at: Millis | null, ring: () => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (at === null) return;
    const delay = Math.min(Math.max(Math.ceil(at - performance.now()), 0), LONGEST_TIMEOUT_MS);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // Timers may fire a fraction of a millisecond early, and the longest delay may end before the alarm is due.
      if (performance.now() < at) this.setAlarm(at, ring);
      else ring();
    }, delay);
  }
}

/** Time as the program sees it: a steady clock for deadlines and the wall clock for reports. */

declare const unit: unique symbol;

/** Milliseconds, fractions allowed: a duration, or a point on the monotonic clock. */
export type Millis = number & { readonly [unit]: "ms" };

/** Seconds since 1970-01-01T00:00:00Z, fractions allowed. */
export type EpochSeconds = number & { readonly [unit]: "s" };

/** One reading of both clocks. Deadlines are computed from `mono` only, so a jump of the wall clock changes nothing. */
export interface Instant {
  readonly mono: Millis;
  readonly wall: EpochSeconds;
}

export function millis(value: number): Millis {
  return value as Millis;
}

export function epochSeconds(value: number): EpochSeconds {
  return value as EpochSeconds;
}

/** Converts a duration in seconds, as configuration files state it. */
export function secondsToMillis(seconds: number): Millis {
  return millis(seconds * 1000);
}

export function later(point: Millis, duration: Millis): Millis {
  return millis(point + duration);
}

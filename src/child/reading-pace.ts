import { PIPE_BYTES } from "../os/fifo.ts";

/** Milliseconds for which a busy pipe is left alone. */
export const REST_MS = 1;

/** So many readings in a row, that close together, make a pipe busy, when they bring that much. */
const BUSY_READINGS = 32;
const BUSY_WITHIN_MS = 0.2;
const BUSY_BYTES = 4096;

/** Who writes more than this in one piece wakes the daemon seldom enough. */
const MOST_AT_ONCE_BYTES = 32 * 1024;

/** What has come during a rest: below, it was not worth it; above, the program might have to wait for room in the pipe. */
const LEAST_AFTER_REST_BYTES = 4096;
const MOST_AFTER_REST_BYTES = PIPE_BYTES / 2;

/**
 * When a pipe is better left alone for a moment: a program that writes line after line would wake the daemon for each. A line that comes
 * alone is read at once, and so is every word of a talk.
 */
export class ReadingPace {
  #isBusy = false;
  #readings = 0;
  #bytes = 0;
  #last = 0;

  /** @param bytes - all that was there at this waking. */
  isWorthResting(bytes: number): boolean {
    if (this.#isBusy) this.#isBusy = bytes >= LEAST_AFTER_REST_BYTES && bytes <= MOST_AFTER_REST_BYTES;
    else this.#isBusy = this.#becomesBusy(bytes);
    return this.#isBusy;
  }

  #becomesBusy(bytes: number): boolean {
    const now = performance.now();
    if (bytes > MOST_AT_ONCE_BYTES || now - this.#last > BUSY_WITHIN_MS) this.#startCount();
    this.#last = now;
    this.#readings += 1;
    this.#bytes += bytes;
    if (this.#readings < BUSY_READINGS) return false;
    const isBusy = this.#bytes >= BUSY_BYTES;
    this.#startCount();
    return isBusy;
  }

  #startCount(): void {
    this.#readings = 0;
    this.#bytes = 0;
  }
}

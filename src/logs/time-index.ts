/** Entries that are kept; when there are more, half of them go and the others stand for more time. */
const MAX_ENTRIES = 512;

/**
 * Knows roughly what was written to a log file when: lines of programs carry no times that one could rely on. To the second for a log
 * that is young or quiet, coarser the longer it is written without a break.
 */
export class TimeIndex {
  /** Pairs of a time, in seconds, and the offset at which was written what came then. */
  #times: number[] = [];
  #offsets: number[] = [];
  #spacing = 1;
  #size = 0;
  #lastTime = Number.NEGATIVE_INFINITY;

  /** The file has been opened, perhaps another one than before. */
  opened(size: number): void {
    if (size < this.#size || this.#times.length === 0) this.#forget();
    this.#size = size;
  }

  /** The file has this size now. @param now - seconds since 1970. */
  grew(size: number, now: number): void {
    // A clock that was set back makes everything before look new, and a file that shrinks is another one.
    if (size < this.#size || now < this.#lastTime - this.#spacing) this.#forget();
    this.#lastTime = now;
    const last = this.#times.at(-1);
    if (last === undefined || now - last >= this.#spacing) {
      this.#times.push(now);
      this.#offsets.push(Math.min(this.#size, size));
      if (this.#times.length > MAX_ENTRIES) this.#thin();
    }
    this.#size = size;
  }

  /**
   * Where what was written since a time begins: not later, and not much earlier. What was there before the first entry is of unknown
   * age, and counts as new for a time before that.
   */
  offsetSince(time: number): number {
    if (this.#times.length === 0 || time < (this.#times[0] ?? 0)) return 0;
    if (time > this.#lastTime) return this.#size;
    const next = this.#times.findIndex((each) => each > time);
    const at = next < 0 ? this.#times.length - 1 : next - 1;
    const isNear = time - (this.#times[at] ?? 0) < this.#spacing || next < 0;
    return this.#offsets[isNear ? at : next] ?? 0;
  }

  /** What goes is near to what stays before it: nothing may seem much older than it is. */
  #thin(): void {
    do {
      this.#spacing *= 2;
      let last = Number.NEGATIVE_INFINITY;
      const kept = this.#times.map((time) => {
        if (time - last < this.#spacing) return false;
        last = time;
        return true;
      });
      this.#times = this.#times.filter((_, index) => kept[index]);
      this.#offsets = this.#offsets.filter((_, index) => kept[index]);
    } while (this.#times.length > MAX_ENTRIES / 2);
  }

  #forget(): void {
    this.#times = [];
    this.#offsets = [];
    this.#spacing = 1;
    this.#size = 0;
  }
}

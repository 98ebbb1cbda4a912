import type { Millis } from "../model/time.ts";

interface Alarm<Key> {
  readonly key: Key;
  readonly at: Millis;
}

/**
 * Due times by key, the earliest first: a binary heap that knows where each key is, so that moving one alarm of thousands
 * costs a handful of comparisons.
 */
export class Alarms<Key> {
  readonly #heap: Alarm<Key>[] = [];
  readonly #places = new Map<Key, number>();

  get size(): number {
    return this.#heap.length;
  }

  /** The earliest due time; `null` when nothing is set. */
  next(): Millis | null {
    return this.#heap[0]?.at ?? null;
  }

  /** When this key is due; `null` when it has no alarm. */
  get(key: Key): Millis | null {
    const place = this.#places.get(key);
    return place === undefined ? null : (this.#heap[place]?.at ?? null);
  }

  /** Sets the one alarm of a key, or clears it. */
  set(key: Key, at: Millis | null): void {
    const place = this.#places.get(key);
    if (at === null) {
      if (place !== undefined) this.#remove(place);
    } else if (place === undefined) {
      this.#heap.push({ key, at });
      this.#rise(this.#heap.length - 1);
    } else {
      this.#put(place, { key, at });
      this.#sink(this.#rise(place));
    }
  }

  /** Takes out every key that is due at `now`, in order of due time. */
  takeDue(now: Millis): readonly Key[] {
    const due: Key[] = [];
    for (let first = this.#heap[0]; first !== undefined && first.at <= now; first = this.#heap[0]) {
      due.push(first.key);
      this.#remove(0);
    }
    return due;
  }

  #remove(place: number): void {
    const removed = this.#heap[place];
    const last = this.#heap.pop();
    if (removed === undefined || last === undefined) return;
    this.#places.delete(removed.key);
    if (last === removed) return;
    this.#put(place, last);
    this.#sink(this.#rise(place));
  }

  #put(place: number, alarm: Alarm<Key>): void {
    this.#heap[place] = alarm;
    this.#places.set(alarm.key, place);
  }

  #rise(from: number): number {
    let place = from;
    const alarm = this.#at(place);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.#at(parent);
      if (above.at <= alarm.at) break;
      this.#put(place, above);
      place = parent;
    }
    this.#put(place, alarm);
    return place;
  }

  #sink(from: number): void {
    let place = from;
    const alarm = this.#at(place);
    for (;;) {
      const left = 2 * place + 1;
      if (left >= this.#heap.length) break;
      const right = left + 1;
      const child = right < this.#heap.length && this.#at(right).at < this.#at(left).at ? right : left;
      const below = this.#at(child);
      if (below.at >= alarm.at) break;
      this.#put(place, below);
      place = child;
    }
    this.#put(place, alarm);
  }

  #at(place: number): Alarm<Key> {
    const alarm = this.#heap[place];
    if (alarm === undefined) throw new Error(`no alarm at ${place}`);
    return alarm;
  }
}

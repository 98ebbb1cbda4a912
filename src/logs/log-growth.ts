/** Tells readers of logs at once that the daemon itself has written to one; the file system would tell them later. */
export class LogGrowth {
  readonly #listeners = new Map<string, Set<() => void>>();
  /** Of files that have grown since readers were told last. */
  #news = new Set<() => void>();

  /** @returns what ends it. */
  follow(path: string, onGrowth: () => void): () => void {
    const listeners = this.#listeners.get(path) ?? new Set();
    this.#listeners.set(path, listeners.add(onGrowth));
    return () => {
      listeners.delete(onGrowth);
      if (listeners.size === 0 && this.#listeners.get(path) === listeners) this.#listeners.delete(path);
    };
  }

  /** What is written to a file in one turn of the event loop is told together. */
  tell(path: string): void {
    if (this.#listeners.size === 0) return;
    const listeners = this.#listeners.get(path);
    if (listeners === undefined) return;
    if (this.#news.size === 0) setImmediate(this.#spread);
    for (const listener of listeners) this.#news.add(listener);
  }

  readonly #spread = (): void => {
    const news = this.#news;
    this.#news = new Set();
    for (const listener of news) listener();
  };
}

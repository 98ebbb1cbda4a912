import type { Answer } from "./answer-reader.ts";

/** What a storm came to. */
export class Tally {
  conversations = 0;
  requests = 0;
  /** What must not be, with the numbers that bring it back. */
  readonly defects: string[] = [];
  readonly #statuses = new Map<number, number>();
  readonly #kinds = new Map<string, number>();

  /** @returns the number of the conversation, from 0. */
  begin(kind: string, requests: number): number {
    this.requests += requests;
    count(this.#kinds, kind);
    return this.conversations++;
  }

  end(answers: readonly Answer[]): void {
    for (const { status } of answers) count(this.#statuses, status);
  }

  toString(): string {
    const answers = [...this.#statuses.values()].reduce((sum, each) => sum + each, 0);
    return [
      `${this.requests} requests on ${this.conversations} connections, ${answers} answers`,
      `answers by status: ${list(this.#statuses)}`,
      `connections by kind: ${list(this.#kinds)}`,
    ].join("\n");
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function list(counts: ReadonlyMap<string | number, number>): string {
  const sorted = [...counts].sort(([a], [b]) => String(a).localeCompare(String(b)));
  return sorted.map(([key, times]) => `${key} ${times}`).join(", ");
}

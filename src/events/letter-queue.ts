import type { Letter } from "./envelope.ts";

/** How many places may be empty at the front before the others move up. */
const LONGEST_GAP = 1024;

/** Letters that wait, oldest first; taking from the front and putting back there cost the same however many there are. */
export class LetterQueue {
  #places: (Letter | undefined)[] = [];
  #first = 0;

  get length(): number {
    return this.#places.length - this.#first;
  }

  /** The oldest, `undefined` when none waits. */
  peek(): Letter | undefined {
    return this.#places[this.#first];
  }

  push(letter: Letter): void {
    this.#places.push(letter);
  }

  /** Puts a letter back before all others. */
  unshift(letter: Letter): void {
    if (this.#first === 0) this.#places.unshift(letter);
    else {
      this.#first -= 1;
      this.#places[this.#first] = letter;
    }
  }

  /** Takes out the oldest. */
  shift(): Letter | undefined {
    const letter = this.peek();
    if (letter === undefined) return undefined;
    this.#places[this.#first] = undefined;
    this.#first += 1;
    if (this.length === 0 || this.#first > LONGEST_GAP) {
      this.#places.splice(0, this.#first);
      this.#first = 0;
    }
    return letter;
  }
}

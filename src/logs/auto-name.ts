import { randomInt } from "node:crypto";

/** The alphabet and length of the random part of Python's `tempfile` names. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789_";
const CHARACTERS = 8;

/** Linux gives no higher pids. @see PID_MAX_LIMIT in proc(5) */
const PIDS = 2 ** 22;

/**
 * The part of an AUTO log's name that makes it unique. It looks random and mostly is; but the pid of the daemon is in it, so that
 * another daemon with the same identifier can see whose file it is.
 */
export function uniquePart(pid: number): string {
  const numbers = Math.floor(ALPHABET.length ** CHARACTERS / PIDS);
  let rest = randomInt(numbers) * PIDS + pid;
  let text = "";
  for (let count = 0; count < CHARACTERS; count++) {
    text += ALPHABET[rest % ALPHABET.length];
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/** The pid in a unique part; a number without meaning when somebody else made the name. */
export function pidOf(part: string): number {
  return [...part].reduceRight((value, character) => value * ALPHABET.length + ALPHABET.indexOf(character), 0) % PIDS;
}

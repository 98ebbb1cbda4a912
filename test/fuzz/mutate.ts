import type { Random } from "../simulator/random.ts";

type Mutation = (random: Random, bytes: Buffer, other: Buffer) => Buffer;

/**
 * Spoils a message in one to four ways.
 * @param other - where pieces of foreign matter come from.
 */
export function mutate(random: Random, bytes: Buffer, other: Buffer): Buffer {
  let mutated = bytes;
  for (let count = random.between(1, 4); count > 0; count -= 1) mutated = random.pick(MUTATIONS)(random, mutated, other);
  return mutated;
}

const MUTATIONS: readonly Mutation[] = [flipBits, setBytes, truncate, drop, repeat, splice, insertToken, inflateNumber];

function flipBits(random: Random, bytes: Buffer): Buffer {
  const flipped = Buffer.from(bytes);
  for (let count = random.between(1, 8); count > 0 && flipped.length > 0; count -= 1) {
    const index = random.between(0, flipped.length - 1);
    flipped[index] = (flipped[index] ?? 0) ^ (1 << random.between(0, 7));
  }
  return flipped;
}

function setBytes(random: Random, bytes: Buffer): Buffer {
  const [start, end] = range(random, bytes, 16);
  return Buffer.from(bytes).fill(random.between(0, 255), start, end);
}

function truncate(random: Random, bytes: Buffer): Buffer {
  return bytes.subarray(0, random.between(0, bytes.length));
}

function drop(random: Random, bytes: Buffer): Buffer {
  const [start, end] = range(random, bytes, 200);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

function repeat(random: Random, bytes: Buffer): Buffer {
  const [start, end] = range(random, bytes, 100);
  const copies = Array.from({ length: random.between(1, 50) }, () => bytes.subarray(start, end));
  return Buffer.concat([bytes.subarray(0, end), ...copies, bytes.subarray(end)]);
}

function splice(random: Random, bytes: Buffer, other: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, random.between(0, bytes.length)), other.subarray(random.between(0, other.length))]);
}

/** What parsers stumble over. */
const TOKENS: readonly string[] = [
  ..."\0 \r\n \n \r\n\r\n \t < > & ; ' \" = / : , % %00 ]]> <![CDATA[ <!-- --> <!DOCTYPE <? ?> </value> <value> <nil/>".split(
    " ",
  ),
  ..."&#0; &#xD800; &#xFFFE; &#99999999999; &lt; &constructor; &__proto__; __proto__ constructor NaN Infinity -0 1e999".split(
    " ",
  ),
  "\u{fffe}",
  "\u{feff}",
  "\u{10ffff}",
  "chunked",
  "Content-Length: 5\r\n",
];

function insertToken(random: Random, bytes: Buffer): Buffer {
  const at = random.between(0, bytes.length);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(TOKENS)), bytes.subarray(at)]);
}

const NUMBERS = ["0", "-1", "2147483648", "-2147483649", "9007199254740993", "1e400", "0x10", "", "9".repeat(400)] as const;

/** Puts another number in place of one that is there. */
function inflateNumber(random: Random, bytes: Buffer): Buffer {
  const text = bytes.toString("latin1");
  const numbers = [...text.matchAll(/\d+/g)];
  if (numbers.length === 0) return bytes;
  const { 0: digits, index } = random.pick(numbers);
  return Buffer.from(text.slice(0, index) + random.pick(NUMBERS) + text.slice(index + digits.length), "latin1");
}

function range(random: Random, bytes: Buffer, longest: number): readonly [number, number] {
  const start = random.between(0, bytes.length);
  return [start, Math.min(start + random.between(0, longest), bytes.length)];
}

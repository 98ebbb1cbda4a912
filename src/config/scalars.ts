import { LOG_LEVELS, type LogLevel } from "../model/log-level.ts";

/** The values that configuration files state as one word, the same in both dialects; each reader answers `undefined` for what is none. */

/** A decimal integer: a sign, spaces around it and `_` between digits are allowed; fractions and hexadecimal are not. */
export function parseInteger(text: string): number | undefined {
  const word = text.trim();
  if (!/^[+-]?\d+(_\d+)*$/.test(word)) return undefined;
  // Adding zero makes -0 plain 0.
  return Number(word.replaceAll("_", "")) + 0;
}

/** File modes and umasks. Digits are octal with or without a leading zero: `022`, `22` and `0o22` are one value. */
export function parseOctal(text: string): number | undefined {
  const parts = /^([+-]?)(?:0o_?)?([0-7]+(?:_[0-7]+)*)$/i.exec(text.trim());
  if (parts?.[2] === undefined) return undefined;
  const value = Number.parseInt(parts[2].replaceAll("_", ""), 8);
  return parts[1] === "-" ? 0 - value : value;
}

const SIZE_UNITS = new Map([
  ["kb", 1024],
  ["mb", 1024 ** 2],
  ["gb", 1024 ** 3],
]);

/** A number of bytes, with an optional KB, MB or GB in any case, each 1024 of the unit before it. */
export function parseByteSize(text: string): number | undefined {
  const unit = SIZE_UNITS.get(text.slice(-2).toLowerCase());
  const count = parseInteger(unit === undefined ? text : text.slice(0, -2));
  return count === undefined ? undefined : count * (unit ?? 1);
}

const BOOLEAN_WORDS = new Map([
  ["yes", true],
  ["true", true],
  ["on", true],
  ["1", true],
  ["no", false],
  ["false", false],
  ["off", false],
  ["0", false],
]);

export function parseBoolean(text: string): boolean | undefined {
  return BOOLEAN_WORDS.get(text.toLowerCase());
}

/** Comma-separated exit codes from 0 to 255; an empty text is an empty list. */
export function parseExitCodes(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const codes: number[] = [];
  for (const word of text.split(",")) {
    const code = parseInteger(word);
    if (code === undefined || code < 0 || code > 255) return undefined;
    codes.push(code);
  }
  return codes;
}

/** `unexpected`, or any word for yes or no. */
export function parseAutorestart(text: string): "never" | "unexpected" | "always" | undefined {
  if (text.toLowerCase() === "unexpected") return "unexpected";
  const always = parseBoolean(text);
  if (always === undefined) return undefined;
  return always ? "always" : "never";
}

export function parseLogLevel(text: string): LogLevel | undefined {
  const word = text.toLowerCase();
  return isLogLevel(word) ? word : undefined;
}

function isLogLevel(word: string): word is LogLevel {
  return Object.hasOwn(LOG_LEVELS, word);
}

/** Comma-separated words, trimmed; an empty text is an empty list. */
export function splitList(text: string): readonly string[] {
  return text === "" ? [] : text.split(",").map((word) => word.trim());
}

import { repr } from "./python-text.ts";

/** The value of a name in `%(name)s`; `undefined` when there is none. */
export type Lookup = (name: string) => string | number | undefined;

export type FormatProblem =
  | { readonly kind: "unknown-name"; readonly name: string }
  /** `reason` in Python's words. */
  | { readonly kind: "malformed"; readonly reason: string };

/**
 * Replaces `%(name)s` and its like by the rules of Python's `%` operator: flags, width and precision count (`%(process_num)02d`), and
 * `%%` is a percent sign. Conversions of fractions are refused: there is nothing here that they could convert.
 */
export function formatPercent(text: string, lookup: Lookup): { readonly text: string } | FormatProblem {
  const characters = [...text];
  let result = "";
  let at = 0;
  let anyNamed = false;
  while (at < characters.length) {
    const character = characters[at];
    at += 1;
    if (character !== "%") result += character;
    else if (characters[at] === "%") {
      result += "%";
      at += 1;
    } else {
      const item = readItem(characters, at, lookup);
      if ("kind" in item) return item;
      if (item.value === undefined && anyNamed) return malformed("not enough arguments for format string");
      anyNamed = true;
      const piece = convert(item);
      if (typeof piece !== "string") return piece;
      result += piece;
      at = item.end;
    }
  }
  return { text: result };
}

/** One `%(name)-05.3d`, read. */
interface Item {
  /** `undefined` when the item names nothing. */
  readonly value: string | number | undefined;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
  readonly conversionAt: number;
  readonly end: number;
}

/** Far beyond any use; a width is no way to fill the memory. */
const MAX_WIDTH = 65_536;

function readItem(characters: readonly string[], start: number, lookup: Lookup): Item | FormatProblem {
  let at = start;
  let value: string | number | undefined;
  if (characters[at] === "(") {
    const close = closingParenthesis(characters, at);
    if (close < 0) return malformed("incomplete format key");
    const name = characters.slice(at + 1, close).join("");
    value = lookup(name);
    if (value === undefined) return { kind: "unknown-name", name };
    at = close + 1;
  }
  const take = (accepted: RegExp): string => {
    const from = at;
    while (accepted.test(characters[at] ?? "")) at += 1;
    return characters.slice(from, at).join("");
  };
  const flags = take(/[-+ #0]/);
  if (characters[at] === "*") return malformed("* wants int");
  const width = Number(take(/\d/));
  if (width > MAX_WIDTH) return malformed("width too big");
  let precision: number | undefined;
  if (characters[at] === ".") {
    at += 1;
    if (characters[at] === "*") return malformed("* wants int");
    precision = Number(take(/\d/));
    if (precision > MAX_WIDTH) return malformed("precision too big");
  }
  if (/[hlL]/.test(characters[at] ?? "")) at += 1;
  const conversion = characters[at];
  if (conversion === undefined) return malformed("incomplete format");
  return { value, flags, width, precision, conversion, conversionAt: at, end: at + 1 };
}

function closingParenthesis(characters: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < characters.length; at++) {
    if (characters[at] === "(") depth += 1;
    if (characters[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function convert(item: Item): string | FormatProblem {
  const type = item.value === undefined ? "dict" : typeof item.value === "string" ? "str" : "int";
  switch (item.conversion) {
    case "s":
    case "r":
    case "a":
      // Python would print every name and value here, the environment's secrets included.
      if (item.value === undefined) return malformed(`%${item.conversion} lacks a name, as in %(program_name)s`);
      return convertText(item, item.value);
    case "d":
    case "i":
    case "u":
      if (typeof item.value !== "number") return malformed(`%${item.conversion} format: a real number is required, not ${type}`);
      return convertInteger(item, item.value, 10, "");
    case "x":
    case "X":
    case "o":
      if (typeof item.value !== "number") return malformed(`%${item.conversion} format: an integer is required, not ${type}`);
      return convertInteger(item, item.value, item.conversion === "o" ? 8 : 16, `0${item.conversion}`);
    case "c":
      return convertCharacter(item);
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
      if (typeof item.value === "number") return malformed(`%${item.conversion} is not supported: the numbers here are whole`);
      return malformed(`must be real number, not ${type}`);
    default:
      return malformed(unsupported(item));
  }
}

function convertText(item: Item, value: string | number): string {
  const text = item.conversion === "s" || typeof value === "number" ? String(value) : repr(value);
  return pad(item, item.precision === undefined ? text : [...text].slice(0, item.precision).join(""));
}

function convertInteger(item: Item, value: number, radix: 8 | 10 | 16, prefix: string): string {
  const digits = Math.abs(value)
    .toString(radix)
    .padStart(item.precision ?? 0, "0");
  const sign = value < 0 ? "-" : item.flags.includes("+") ? "+" : item.flags.includes(" ") ? " " : "";
  const head = sign + (item.flags.includes("#") ? prefix : "");
  const body = item.conversion === "X" ? digits.toUpperCase() : digits;
  const filled = item.flags.includes("0") && !item.flags.includes("-") ? body.padStart(item.width - head.length, "0") : body;
  return pad(item, head + filled);
}

function convertCharacter(item: Item): string | FormatProblem {
  if (typeof item.value === "number") {
    const valid = item.value >= 0 && item.value <= 0x10_ff_ff;
    return valid ? pad(item, String.fromCodePoint(item.value)) : malformed("%c arg not in range(0x110000)");
  }
  return item.value !== undefined && [...item.value].length === 1 ? pad(item, item.value) : malformed("%c requires int or char");
}

function pad(item: Item, text: string): string {
  const missing = " ".repeat(Math.max(0, item.width - [...text].length));
  return item.flags.includes("-") ? text + missing : missing + text;
}

function unsupported({ conversion, conversionAt }: Item): string {
  const code = conversion.codePointAt(0) ?? 0;
  const shown = code > 0x1e && code < 0x7f ? conversion : "?";
  return `unsupported format character '${shown}' (0x${code.toString(16)}) at index ${conversionAt}`;
}

function malformed(reason: string): FormatProblem {
  return { kind: "malformed", reason };
}

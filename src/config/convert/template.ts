/** A text that differs between the processes of a program in their numbers and groups only. */
export type Template = readonly Piece[];

type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** The process number, filled up with zeros to `width` digits. */
  | { readonly kind: "number"; readonly width: number }
  | { readonly kind: "group" };

/** Whose text it is: the number of the process and its group. */
export interface Owner {
  readonly number: number;
  readonly group: string;
}

/**
 * Finds the template that gives each owner its text.
 * @returns `null` when the texts differ in more than numbers and groups.
 */
export function findTemplate(texts: readonly string[], owners: readonly Owner[]): Template | null {
  const [first = ""] = texts;
  if (texts.every((text) => text === first)) return literal(first);
  const template = numberTemplate(texts, owners) ?? groupTemplate(texts, owners);
  return template !== null && owners.every((owner, index) => fill(template, owner) === texts[index]) ? template : null;
}

/** The text of one owner. */
export function fill(template: Template, { number, group }: Owner): string {
  return template
    .map((piece) => {
      if (piece.kind === "text") return piece.text;
      return piece.kind === "group" ? group : pad(number, piece.width);
    })
    .join("");
}

/** First process numbers that texts such as `web_08`, `web_09`, `web_10` may come from, the likeliest first. */
export function possibleNumbers(texts: readonly string[]): readonly (readonly number[])[] {
  const runs = texts.map(splitDigits);
  const position = runs[0]?.findIndex((part, index) => /^\d/.test(part) && runs.some((parts) => parts[index] !== part)) ?? -1;
  if (position < 0) return [];
  const digits = runs.map((parts) => parts[position] ?? "");
  if (!digits.every((run) => /^\d+$/.test(run))) return [];
  const candidates: number[][] = [];
  for (let head = 0; head < shortest(digits); head++) {
    if (digits.some((run) => run.slice(0, head) !== digits[0]?.slice(0, head))) break;
    for (let tail = 0; head + tail < shortest(digits); tail++) {
      candidates.push(digits.map((run) => Number(run.slice(head, run.length - tail))));
    }
  }
  return candidates.filter(isConsecutive);
}

function numberTemplate(texts: readonly string[], owners: readonly Owner[]): Template | null {
  const rows = texts.map(splitDigits);
  const length = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== length)) return null;
  const pieces: Piece[] = [];
  for (let column = 0; column < length; column++) {
    const parts = rows.map((row) => row[column] ?? "");
    const same = parts.every((part) => part === parts[0]);
    const found = same ? literal(parts[0] ?? "") : numberPiece(parts, owners);
    if (found === null) return null;
    pieces.push(...found);
  }
  return pieces;
}

/** A run of digits that holds the process number, perhaps among digits that are always the same: `80` and `01`. */
function numberPiece(runs: readonly string[], owners: readonly Owner[]): Template | null {
  const found = WIDTHS.flatMap((width) => splitsAround(runs, owners, width));
  // `00` is a padded number rather than a zero before one.
  const [split] = [...found.filter(({ before }) => !/^0+$/.test(before)), ...found];
  if (split === undefined) return null;
  return [...literal(split.before), { kind: "number", width: split.width }, ...literal(split.after)];
}

interface Split {
  readonly before: string;
  readonly width: number;
  readonly after: string;
}

/** All ways to find the padded number in each run, between digits that are the same in all of them. */
function splitsAround(runs: readonly string[], owners: readonly Owner[], width: number): readonly Split[] {
  const [first = ""] = runs;
  const numbers = owners.map(({ number }) => pad(number, width));
  const [shown = ""] = numbers;
  const splits: Split[] = [];
  for (let head = first.indexOf(shown); head >= 0; head = first.indexOf(shown, head + 1)) {
    const [before, after] = [first.slice(0, head), first.slice(head + shown.length)];
    if (runs.every((run, index) => run === before + numbers[index] + after)) splits.push({ before, width, after });
  }
  return splits;
}

/** Plain, or of as many digits. */
const WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Only a program in several groups has texts with the group's name in them that differ. */
function groupTemplate(texts: readonly string[], owners: readonly Owner[]): Template | null {
  const parts = texts.map((text, index) => text.split(owners[index]?.group ?? ""));
  const length = parts[0]?.length ?? 0;
  if (parts.some((each) => each.length !== length)) return null;
  const pieces: Piece[] = [];
  for (let column = 0; column < length; column++) {
    const between = findTemplate(
      parts.map((each) => each[column] ?? ""),
      // Without their groups, so that no part is split again.
      owners.map(({ number }) => ({ number, group: "" })),
    );
    if (between === null || length === 1) return null;
    pieces.push(...(column > 0 ? [{ kind: "group" } as const] : []), ...between);
  }
  return pieces;
}

function splitDigits(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, "0");
}

function literal(text: string): Template {
  return text === "" ? [] : [{ kind: "text", text }];
}

function shortest(texts: readonly string[]): number {
  return Math.min(...texts.map(({ length }) => length));
}

function isConsecutive(numbers: readonly number[]): boolean {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.every((number, index) => number === (sorted[0] ?? 0) + index);
}

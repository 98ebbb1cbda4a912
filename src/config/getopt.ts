/** An option as the command line may give it. */
export interface OptionSpec {
  /** One letter; `?` too. `null` for one that has a name only. */
  readonly short: string | null;
  /** `null` for one that has a letter only. */
  readonly long: string | null;
  readonly takesValue: boolean;
  /** Whether an abbreviation never means it: it came later than the scripts that abbreviate others. */
  readonly spelledOut?: boolean;
}

export interface GivenOption<Spec extends OptionSpec> {
  readonly spec: Spec;
  /** As it was written, an abbreviation spelled out: `-c`, `--configuration`. */
  readonly flag: string;
  /** Empty for one that takes none. */
  readonly value: string;
}

export type GetoptOutcome<Spec extends OptionSpec> =
  | { readonly ok: true; readonly options: readonly GivenOption<Spec>[]; readonly rest: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Splits a command line into options and the words that follow them. The first word that is no option ends the options, as does `--`;
 * letters may be joined (`-ic FILE`), long names abbreviated.
 * @see getopt(3), and Python's getopt module for the wording of the problems.
 */
export function getopt<Spec extends OptionSpec>(words: readonly string[], specs: readonly Spec[]): GetoptOutcome<Spec> {
  const options: GivenOption<Spec>[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--") return { ok: true, options, rest: words.slice(index + 1) };
    if (!word.startsWith("-") || word === "-") return { ok: true, options, rest: words.slice(index) };
    const read = word.startsWith("--") ? readLong(word.slice(2), specs) : readShort(word.slice(1), specs);
    if (!read.ok) return read;
    options.push(...read.options);
    if (read.wanting === null) continue;
    index++;
    const value = words[index];
    if (value === undefined) return problem(`option ${read.wanting.flag} requires argument`);
    options.push({ ...read.wanting, value });
  }
  return { ok: true, options, rest: [] };
}

type WordOutcome<Spec extends OptionSpec> =
  | {
      readonly ok: true;
      readonly options: readonly GivenOption<Spec>[];
      /** The option whose value is the next word. */
      readonly wanting: Omit<GivenOption<Spec>, "value"> | null;
    }
  | { readonly ok: false; readonly problem: string };

function readShort<Spec extends OptionSpec>(letters: string, specs: readonly Spec[]): WordOutcome<Spec> {
  const options: GivenOption<Spec>[] = [];
  for (const [position, letter] of [...letters].entries()) {
    const spec = specs.find(({ short }) => short === letter);
    const flag = `-${letter}`;
    if (spec === undefined) return problem(`option ${flag} not recognized`);
    if (!spec.takesValue) {
      options.push({ spec, flag, value: "" });
      continue;
    }
    const value = [...letters].slice(position + 1).join("");
    if (value === "") return { ok: true, options, wanting: { spec, flag } };
    return { ok: true, options: [...options, { spec, flag, value }], wanting: null };
  }
  return { ok: true, options, wanting: null };
}

function readLong<Spec extends OptionSpec>(text: string, specs: readonly Spec[]): WordOutcome<Spec> {
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  const matches = specs.filter(({ long, spelledOut }) => (spelledOut ? long === name : long?.startsWith(name)));
  const spec = matches.find(({ long }) => long === name) ?? matches[0];
  if (spec === undefined) return problem(`option --${name} not recognized`);
  if (matches.length > 1 && spec.long !== name) return problem(`option --${name} not a unique prefix`);
  const flag = `--${spec.long}`;
  if (!spec.takesValue) {
    return equals < 0
      ? { ok: true, options: [{ spec, flag, value: "" }], wanting: null }
      : problem(`option ${flag} must not have an argument`);
  }
  if (equals < 0) return { ok: true, options: [], wanting: { spec, flag } };
  return { ok: true, options: [{ spec, flag, value: text.slice(equals + 1) }], wanting: null };
}

function problem(text: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: text };
}

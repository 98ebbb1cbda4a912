/** One option of a program's command line, in the manner of getopt: `-c FILE`, `--configuration=FILE`. */
export interface ArgumentOption {
  readonly long: string;
  readonly short?: string;
  /** How the help calls its value; without it the option is a switch. */
  readonly value?: string;
  readonly help: string;
}

/** An option as it was given: `flag` in the user's own spelling, for messages. */
export interface GivenOption {
  readonly option: ArgumentOption;
  readonly flag: string;
  readonly value: string;
}

export type ArgumentsOutcome =
  | { readonly ok: true; readonly options: readonly GivenOption[]; readonly rest: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a command line up to its first word that is no option. Long options may be shortened as far as they stay unique.
 * The problems have the words of Python's getopt, which users of supervisord know.
 */
export function readArguments(options: readonly ArgumentOption[], words: readonly string[]): ArgumentsOutcome {
  const given: GivenOption[] = [];
  const rest = [...words];
  while (rest[0]?.startsWith("-") && rest[0] !== "-") {
    const word = rest.shift() ?? "";
    if (word === "--") break;
    const problem = word.startsWith("--")
      ? readLong(options, word.slice(2), rest, given)
      : readShort(options, word.slice(1), rest, given);
    if (problem !== null) return { ok: false, problem };
  }
  return { ok: true, options: given, rest };
}

/** `-c/--configuration FILE`, as messages and helps name an option. */
export function describeOption({ short, long, value }: ArgumentOption): string {
  return `${short === undefined ? "" : `-${short}/`}--${long}${value === undefined ? "" : ` ${value}`}`;
}

/** @returns the problem, or `null`. */
function readLong(options: readonly ArgumentOption[], text: string, rest: string[], given: GivenOption[]): string | null {
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  const matches = options.filter(({ long }) => long.startsWith(name));
  const option = matches.find(({ long }) => long === name) ?? matches[0];
  if (option === undefined) return `option --${name} not recognized`;
  if (option.long !== name && matches.length > 1) return `option --${name} not a unique prefix`;
  const flag = `--${option.long}`;
  if (option.value === undefined) {
    if (equals >= 0) return `option ${flag} must not have an argument`;
    given.push({ option, flag, value: "" });
    return null;
  }
  const value = equals < 0 ? rest.shift() : text.slice(equals + 1);
  if (value === undefined) return `option ${flag} requires argument`;
  given.push({ option, flag, value });
  return null;
}

/** One word of short options: switches may be joined, a value may follow its letter directly. */
function readShort(options: readonly ArgumentOption[], letters: string, rest: string[], given: GivenOption[]): string | null {
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters.charAt(index);
    const flag = `-${letter}`;
    const option = options.find(({ short }) => short === letter);
    if (option === undefined) return `option ${flag} not recognized`;
    if (option.value === undefined) {
      given.push({ option, flag, value: "" });
      continue;
    }
    const value = index + 1 < letters.length ? letters.slice(index + 1) : rest.shift();
    if (value === undefined) return `option ${flag} requires argument`;
    given.push({ option, flag, value });
    return null;
  }
  return null;
}

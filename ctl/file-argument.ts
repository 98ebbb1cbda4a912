/** A file and flags before or behind it. The file may hold blanks: the words of an action come joined. */
export interface FileArgument<Flag extends string> {
  /** `null` when none is named. */
  readonly file: string | null;
  readonly flags: ReadonlySet<Flag>;
  /** A flag that the command does not have; `-` counts, since standard input has no name to tell its dialect by. */
  readonly unknown: string | null;
}

export function fileArgument<Flag extends string>(argument: string, known: readonly Flag[]): FileArgument<Flag> {
  const flags = new Set<Flag>();
  let unknown: string | null = null;
  const rest = argument.replace(/(?<!\S)-\S*/g, (word) => {
    const flag = known.find((candidate) => candidate === word);
    if (flag === undefined) unknown ??= word;
    else flags.add(flag);
    return "";
  });
  return { file: rest.trim() || null, flags, unknown };
}

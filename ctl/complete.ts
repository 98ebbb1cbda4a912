import type { Command } from "./command.ts";

/** The processes that Tab may offer. */
export interface KnownProcess {
  readonly group: string;
  readonly name: string;
}

/**
 * What Tab offers for a line: actions for its first word, then what the action's arguments name.
 * @returns the candidates, each with the blank that follows it, and the word that they complete.
 */
export function complete(line: string, commands: readonly Command[], processes: readonly KnownProcess[]): [string[], string] {
  const word = /\S*$/.exec(line)?.[0] ?? "";
  const candidates = [...new Set(candidatesFor(line, word, commands, processes))];
  return [candidates.filter((candidate) => candidate.startsWith(word)).map((candidate) => `${candidate} `), word];
}

function candidatesFor(
  line: string,
  word: string,
  commands: readonly Command[],
  processes: readonly KnownProcess[],
): readonly string[] {
  const actions = commands.map(({ name }) => name);
  const first = line.trimStart();
  if (first === word) return actions;
  const command = commands.find(({ name }) => name === first.split(/\s/, 1)[0]);
  const position = first.split(/\s+/).length - 2;
  switch (command?.completes[Math.min(position, command.completes.length - 1)]) {
    case "actions":
      return actions;
    case "groups":
      return processes.map(({ group }) => group);
    case "processes":
      return processes.flatMap((process) => namesOf(process, word.includes(":")));
    default:
      return [];
  }
}

/** A process that is called like its group has the short name, unless a colon asks for the long one. */
function namesOf({ group, name }: KnownProcess, long: boolean): readonly string[] {
  return long || name !== group ? [`${group}:${name}`, `${group}:*`] : [name];
}

import { parseCommandLine } from "../../src/config/command-line.ts";
import { suggest } from "../../src/config/suggest.ts";
import { type Command, type CommandOption, optionsOf } from "./command.ts";

/** What stands behind a command's word. */
export interface Arguments {
  /** The words that are no options, joined by blanks. */
  readonly text: string;
  readonly words: readonly string[];
  /** The switches that are set, by name. */
  readonly switches: ReadonlySet<string>;
  /** The options that were given a value, by name; of several the last. */
  readonly values: ReadonlyMap<string, string>;
}

export interface ParsedArguments {
  /** What could be understood, in any case: how a mistake is told depends on it. */
  readonly given: Arguments;
  /** The first mistake; `null` when there is none. */
  readonly problem: string | null;
}

export const NO_ARGUMENTS: Arguments = { text: "", words: [], switches: new Set(), values: new Map() };

/**
 * Sorts what stands behind a command's word into words and options, which may come in any order; `--` ends the options. A word with
 * one dash is an option only where the command has such a letter: `tail -1600 web` is older than all this, and so is `tail --2`.
 * @param text - the rest of the line.
 * @param words - the same as the operating system split it, where it did.
 */
export function parseArguments(command: Command, text: string, words: readonly string[] | null): ParsedArguments {
  const split = splitWords(command, text, words);
  return typeof split === "string" ? { given: NO_ARGUMENTS, problem: split } : sort(split, optionsOf(command));
}

function splitWords({ quoting }: Command, text: string, words: readonly string[] | null): readonly string[] | string {
  if (quoting !== true) return text.split(/\s+/).filter((word) => word !== "");
  if (words !== null) return words;
  const line = parseCommandLine(text);
  return line.problem ?? line.words;
}

function sort(split: readonly string[], options: readonly CommandOption[]): ParsedArguments {
  const words: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, string>();
  let problem: string | null = null;
  const rest = split[Symbol.iterator]();
  for (const word of rest) {
    if (word === "--") {
      words.push(...rest);
      break;
    }
    const option = findOption(word, options);
    if (option === null) {
      words.push(word);
      continue;
    }
    if (option === "unknown") {
      problem ??= unknownOption(word, options);
      continue;
    }
    const inline = inlineValue(word);
    if (option.placeholder === undefined) {
      if (inline !== null) problem ??= `option --${option.name} takes no value`;
      switches.add(option.name);
      continue;
    }
    const value: string | undefined = inline ?? rest.next().value;
    if (value === undefined) problem ??= `option --${option.name} requires a value: ${option.placeholder}`;
    else values.set(option.name, value);
  }
  return { given: { text: words.join(" "), words, switches, values }, problem };
}

/** `null` for a word that is no option at all. */
function findOption(word: string, options: readonly CommandOption[]): CommandOption | "unknown" | null {
  if (/^--[a-z]/.test(word)) {
    const name = word.slice(2).replace(/=.*$/s, "");
    return options.find((option) => option.name === name) ?? "unknown";
  }
  return options.find(({ short }) => short !== undefined && word === `-${short}`) ?? null;
}

function inlineValue(word: string): string | null {
  const equals = word.indexOf("=");
  return word.startsWith("--") && equals >= 0 ? word.slice(equals + 1) : null;
}

function unknownOption(word: string, options: readonly CommandOption[]): string {
  const name = word.slice(2).replace(/=.*$/s, "");
  const near = suggest(
    name,
    options.map((option) => option.name),
  );
  return `no such option: --${name}${near === undefined ? "" : `; did you mean --${near}?`}`;
}

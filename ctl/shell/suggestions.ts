import { readdirSync } from "node:fs";
import { formatNamespec } from "../../src/model/namespec.ts";
import { isRunning, PROCESS_STATE_CODES, type ProcessState } from "../../src/model/process-state.ts";
import { SIGNAL_NAMES } from "../../src/model/signal.ts";
import { unreachable } from "../../src/model/unreachable.ts";
import { type Command, type CommandOption, optionsOf, type WordKind } from "../line/command.ts";
import { bestMatches } from "./match.ts";
import type { KnownProcess } from "./process-cache.ts";

/** What could stand for the word at the cursor. */
export interface Suggestions {
  /** Where that word begins. */
  readonly start: number;
  readonly items: readonly Suggestion[];
}

export interface Suggestion {
  /** What takes the word's place, with the blank that follows it. */
  readonly text: string;
  readonly label: string;
  /** A state, or a few words of explanation. */
  readonly detail: string;
}

/** What there is to suggest. */
export interface Vocabulary {
  readonly commands: readonly Command[];
  readonly processes: readonly KnownProcess[];
}

/** Suggests words for the place of the cursor: what begins like the word, then what has its letters in this order. */
export function suggest(text: string, cursor: number, vocabulary: Vocabulary): Suggestions {
  const line = text.slice(0, cursor);
  const word = /\S*$/.exec(line)?.[0] ?? "";
  const start = cursor - word.length;
  const earlier = line.slice(0, start).split(/\s+/).filter(Boolean);
  return { start, items: bestMatches(word, candidates(word, earlier, vocabulary), ({ label }) => label) };
}

function candidates(word: string, earlier: readonly string[], vocabulary: Vocabulary): readonly Suggestion[] {
  const [name, ...words] = earlier;
  if (name === undefined) return commandSuggestions(vocabulary.commands);
  const command = vocabulary.commands.find((candidate) => candidate.name === name);
  if (command === undefined) return [];
  const options = optionsOf(command);
  const valued = optionWithValue(words.at(-1), options);
  if (valued !== null) return (valued.values ?? []).map((value) => suggestion(value));
  if (word.startsWith("-")) return optionSuggestions(options, words);
  const position = words.filter(
    (given, index) => !given.startsWith("-") && optionWithValue(words[index - 1], options) === null,
  ).length;
  const kind = command.completes[Math.min(position, command.completes.length - 1)];
  const taken = new Set(words);
  return kind === undefined ? [] : wordsOfKind(kind, word, command, vocabulary).filter(({ label }) => !taken.has(label));
}

function optionWithValue(word: string | undefined, options: readonly CommandOption[]): CommandOption | null {
  if (word === undefined) return null;
  const option = options.find(({ name, short }) => word === `--${name}` || (short !== undefined && word === `-${short}`));
  return option?.placeholder === undefined ? null : option;
}

function optionSuggestions(options: readonly CommandOption[], given: readonly string[]): readonly Suggestion[] {
  return options.filter(({ name }) => !given.includes(`--${name}`)).map(({ name, text }) => suggestion(`--${name}`, text));
}

function commandSuggestions(commands: readonly Command[]): readonly Suggestion[] {
  return commands.map(({ name, forms, summary }) => suggestion(name, forms[0]?.does ?? summary));
}

function wordsOfKind(kind: WordKind, word: string, command: Command, { commands, processes }: Vocabulary): readonly Suggestion[] {
  switch (kind) {
    case "actions":
      return commandSuggestions(commands);
    case "processes":
      return processSuggestions(processes, command.prefers);
    case "groups":
      return [...new Set(processes.map(({ group }) => group))].map((group) => suggestion(group));
    case "signals":
      return SIGNAL_NAMES.map((name) => suggestion(name.replace(/^SIG/, "")));
    case "files":
      return fileSuggestions(word);
    default:
      return unreachable(kind);
  }
}

/** Those that the command is for, and whole groups; all of them when it is for none. */
function processSuggestions(processes: readonly KnownProcess[], prefers: Command["prefers"]): readonly Suggestion[] {
  const preferred = processes.filter(({ state }) => prefers === undefined || isUp(state) === (prefers === "running"));
  const chosen = preferred.length > 0 ? preferred : processes;
  const sizes = new Map<string, number>();
  for (const { group } of chosen) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const groups = [...sizes].filter(([, size]) => size > 1);
  return [
    ...chosen.map(({ group, name, state }) => suggestion(formatNamespec(group, name), state)),
    ...groups.map(([group, size]) => suggestion(`${group}:*`, `${size} processes`)),
    ...(chosen.length > 1 ? [suggestion("all", `${chosen.length} processes`)] : []),
  ];
}

function isUp(state: string): boolean {
  return Object.hasOwn(PROCESS_STATE_CODES, state) && (isRunning(state as ProcessState) || state === "STOPPING");
}

/** Files and folders where the word leads; a folder is not followed by a blank. */
function fileSuggestions(word: string): readonly Suggestion[] {
  const folder = word.slice(0, word.lastIndexOf("/") + 1);
  try {
    return readdirSync(folder || ".", { withFileTypes: true })
      .filter(({ name }) => !/[\s\p{Cc}]/u.test(name))
      .map((entry) => {
        const path = `${folder}${entry.name}`;
        return entry.isDirectory() ? { text: `${path}/`, label: `${path}/`, detail: "folder" } : suggestion(path);
      });
  } catch {
    return [];
  }
}

function suggestion(label: string, detail = ""): Suggestion {
  return { text: `${label} `, label, detail };
}

import type { Ending } from "../remote/reply.ts";
import type { Session } from "../session.ts";
import type { Arguments } from "./arguments.ts";

/** A command: what help, completion and the reference page say about it, and what it does. */
export interface Command {
  readonly name: string;
  /** One sentence for the reference page. */
  readonly summary: string;
  readonly forms: readonly CommandForm[];
  /** Further lines of its help. */
  readonly notes?: readonly string[];
  /** Beside those that every command takes. */
  readonly options?: readonly CommandOption[];
  /** What its words name, the first to the last; the last one stands for all that follow. Empty where it takes none. */
  readonly completes: readonly WordKind[];
  /** Which processes its names are most likely to mean: those that run, or those that do not. */
  readonly prefers?: "running" | "stopped";
  /**
   * Whether its words are read as a shell reads them, quotes and all. The commands of supervisorctl split at every blank, and scripts
   * give them several names in one word.
   */
  readonly quoting?: true;
  /** Whether it changes something and prints what it did: that is what `--quiet` silences. */
  readonly acts?: true;
  /** Whether it goes on until the user ends it, at least with these words; it cannot be one JSON document then. */
  readonly endless?: (given: Arguments) => boolean;
  /** Whether it prints a JSON document for each thing that happens while it goes on. */
  readonly streamsJson?: true;
  /** Whether the shell ends with it. */
  readonly leaves?: true;
  /** Whether it needs no daemon: then no configuration is looked for either. */
  readonly offline?: true;
  run(given: Arguments, session: Session): Promise<Ending>;
}

/** What a word of a command names. */
export type WordKind = "actions" | "files" | "groups" | "processes" | "signals";

/** An option of one command: `--state STATE`. */
export interface CommandOption {
  readonly name: string;
  /** One letter, written with one dash. */
  readonly short?: string;
  /** What stands for its value in the help; none for a switch. */
  readonly placeholder?: string;
  /** The values that it can have, for help and completion; whether others are refused is the command's business. */
  readonly values?: readonly string[];
  readonly text: string;
}

/** The commands there are, each loaded when it is asked for. */
export interface CommandTable {
  readonly names: readonly string[];
  /** `null` for a word that is no command. */
  find(name: string): Promise<Command | null>;
}

/** One way to write a command: `start <name>`, and what it does then. */
export interface CommandForm {
  readonly usage: string;
  readonly does: string;
}

/** What every command takes. */
export const COMMON_OPTIONS: readonly CommandOption[] = [
  { name: "json", text: "print one JSON document and nothing else" },
  { name: "quiet", text: "print nothing when all went well" },
  { name: "no-color", text: "print without colours, as NO_COLOR=1 does" },
  { name: "help", text: "explain the command" },
];

/** All options that a command takes. */
export function optionsOf({ options = [] }: Pick<Command, "options">): readonly CommandOption[] {
  return [...options, ...COMMON_OPTIONS];
}

import type { Ending } from "./reply.ts";
import type { Session } from "./session.ts";

/** A command: what help, completion and the reference page say about it, and what it does. */
export interface Command {
  readonly name: string;
  /** One sentence for the reference page. */
  readonly summary: string;
  readonly forms: readonly CommandForm[];
  /** Further lines of its help. */
  readonly notes?: readonly string[];
  /** What its arguments name; decides what Tab offers. */
  readonly completes: "actions" | "groups" | "processes" | "nothing";
  /** Whether the shell ends with it. */
  readonly leaves?: true;
  /** Whether it needs no daemon: then no configuration is looked for either. */
  readonly offline?: true;
  /** @param argument - the rest of the line after the command's word, trimmed. */
  run(argument: string, session: Session): Promise<Ending>;
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

/** The words of an argument. */
export function words(argument: string): readonly string[] {
  return argument.split(/\s+/).filter((word) => word !== "");
}

import type { Command } from "./command.ts";
import { EXIT } from "./exit-status.ts";
import { helpLines } from "./render/help.ts";
import { done, type Ending } from "./reply.ts";
import type { Terminal } from "./terminal.ts";

/** Says what is wrong with the arguments and prints the command's help. */
export function usageError(
  terminal: Terminal,
  command: Pick<Command, "forms" | "notes">,
  message: string,
  status: number = EXIT.generic,
): Ending {
  terminal.line(message);
  for (const line of helpLines(command)) terminal.line(line);
  return done(status);
}

/** Says what is wrong, without the help. */
export function refuse(terminal: Terminal, message: string): Ending {
  terminal.line(message);
  return done(EXIT.generic);
}

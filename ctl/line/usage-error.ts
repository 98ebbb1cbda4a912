import { done, type Ending } from "../remote/reply.ts";
import { helpLines } from "../render/help.ts";
import type { Terminal } from "../terminal.ts";
import type { Command } from "./command.ts";
import { EXIT } from "./exit-status.ts";

/** Says what is wrong with the arguments and prints the command's help. */
export function usageError(
  terminal: Terminal,
  command: Pick<Command, "forms" | "notes" | "options">,
  message: string,
  status: number = EXIT.generic,
): Ending {
  terminal.line(message);
  for (const line of helpLines(command)) terminal.line(line);
  return done(status);
}

/** The one file that a command is about; else says what is wrong with its words. */
export function oneFile(words: readonly string[], command: Command, terminal: Terminal): string | Ending {
  const [file, ...more] = words;
  if (file === undefined) return usageError(terminal, command, `Error: ${command.name} requires a file`, EXIT.invalidArguments);
  const extra = more[0];
  if (extra !== undefined) return usageError(terminal, command, `Error: unexpected argument ${extra}`, EXIT.invalidArguments);
  // Nothing tells the dialect of what comes from standard input.
  return file.startsWith("-") ? usageError(terminal, command, `Error: bad argument ${file}`, EXIT.invalidArguments) : file;
}

/** Says what is wrong, without the help. */
export function refuse(terminal: Terminal, message: string, status: number = EXIT.generic): Ending {
  terminal.line(message);
  return done(status);
}

import type { Command } from "./command.ts";
import { EXIT } from "./exit-status.ts";
import { parseLine } from "./parse-line.ts";
import { failureLine } from "./render/failure.ts";
import { type Ending, failed } from "./reply.ts";
import type { Session } from "./session.ts";

export interface LineOutcome {
  readonly status: number;
  /** Whether it was the wish to leave. */
  readonly leaves: boolean;
}

/** Runs one line. Every failure ends as a line of text and an exit status. */
export async function runLine(text: string, session: Session): Promise<LineOutcome> {
  const line = parseLine(text);
  if (line.kind === "empty") return { status: EXIT.success, leaves: false };
  const command = line.kind === "command" ? await session.commands.find(line.name) : null;
  if (command === null || line.kind === "unknown") {
    session.terminal.line(`*** Unknown syntax: ${text.trim()}`);
    return { status: EXIT.generic, leaves: false };
  }
  const ending = await runWithLogin(command, line.argument, session);
  if (!ending.ok) session.terminal.line(failureLine(ending.failure));
  return { status: ending.ok ? ending.value : EXIT.generic, leaves: command.leaves === true };
}

/** Runs the command again for as long as the daemon wants another login. A script cannot be asked for one: it gets one more try. */
async function runWithLogin(command: Command, argument: string, session: Session): Promise<Ending> {
  for (;;) {
    const ending = await command.run(argument, session);
    if (ending.ok || ending.failure.kind !== "http" || ending.failure.status !== 401) return ending;
    session.terminal.line("Server requires authentication");
    if (!session.interactive) return command.run(argument, session);
    const username = await session.input.ask("Username:");
    if (username.kind !== "line") return failed("EOF when reading a line");
    const password = await session.input.ask("Password:", { secret: true });
    if (password.kind !== "line") return failed("EOF when reading a line");
    session.terminal.line("");
    session.access = { ...session.access, username: username.text, password: password.text };
  }
}

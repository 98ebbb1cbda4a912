import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { usageError } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import type { Session } from "../session.ts";

export const version: Command = {
  name: "version",
  summary: "Prints the daemon's version.",
  forms: [{ usage: "version", does: "Print the daemon's version" }],
  completes: [],
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  if (given.text !== "") return usageError(session.terminal, version, "Error: version accepts no arguments");
  const down = await upcheck(session);
  if (down !== null) return down;
  const reply = await (await session.supervisor()).getSupervisorVersion();
  if (!reply.ok) return reply;
  session.terminal.line(reply.value);
  return done(EXIT.success, { version: reply.value });
}

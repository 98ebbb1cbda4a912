import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { done, type Ending } from "../reply.ts";
import type { Session } from "../session.ts";
import { upcheck } from "../upcheck.ts";
import { usageError } from "../usage-error.ts";

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

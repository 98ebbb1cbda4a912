import type { Command } from "../command.ts";
import { done, type Ending } from "../reply.ts";
import type { Session } from "../session.ts";
import { upcheck } from "../upcheck.ts";
import { usageError } from "../usage-error.ts";

export const version: Command = {
  name: "version",
  summary: "Prints the daemon's version.",
  forms: [{ usage: "version", does: "Print the daemon's version" }],
  completes: "nothing",
  run,
};

async function run(argument: string, session: Session): Promise<Ending> {
  if (argument !== "") return usageError(session.terminal, version, "Error: version accepts no arguments");
  const down = await upcheck(session);
  if (down !== null) return down;
  const reply = await (await session.supervisor()).getSupervisorVersion();
  if (!reply.ok) return reply;
  session.terminal.line(reply.value);
  return done();
}

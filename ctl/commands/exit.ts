import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { done, type Ending } from "../reply.ts";
import type { Session } from "../session.ts";

export const exit: Command = leaving("exit");
export const quit: Command = leaving("quit");

function leaving(name: string): Command {
  return {
    name,
    summary: "Leaves the shell; so does Ctrl-D.",
    forms: [{ usage: name, does: "Leave the shell" }],
    completes: [],
    leaves: true,
    run,
  };
}

async function run(_given: Arguments, { terminal }: Session): Promise<Ending> {
  terminal.line("");
  return done();
}

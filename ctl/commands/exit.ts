import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { done, type Ending } from "../remote/reply.ts";
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

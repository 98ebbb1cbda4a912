import { FAULT_CODES } from "../../src/model/fault.ts";
import { confirm } from "../confirm.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { done, type Ending, faultCode } from "../remote/reply.ts";
import type { Session } from "../session.ts";

export const shutdown: Command = {
  name: "shutdown",
  summary: "Ends the daemon and everything that it runs. The shell asks before.",
  forms: [{ usage: "shutdown", does: "Shut the daemon down" }],
  completes: [],
  acts: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const { access } = session.server;
  if (given.text !== "") return usageError(terminal, shutdown, "Error: shutdown accepts no arguments");
  const really = await confirm(session, "Really shut the remote supervisord process down y/N? ");
  if (!really.ok) return really;
  if (!really.value) return done();
  const reply = await (await session.supervisor()).shutdown();
  if (reply.ok) {
    terminal.line("Shut down");
    return done();
  }
  if (faultCode(reply) === FAULT_CODES.SHUTDOWN_STATE) {
    terminal.line("ERROR: already shutting down");
    return done();
  }
  if (reply.failure.kind === "refused") return refuse(terminal, `ERROR: ${access.url} refused connection (already shut down?)`);
  if (reply.failure.kind === "missing") return refuse(terminal, `ERROR: ${access.url} no such file (already shut down?)`);
  return reply;
}

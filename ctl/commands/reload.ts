import { FAULT_CODES } from "../../src/model/fault.ts";
import { confirm } from "../confirm.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { done, type Ending, faultCode } from "../remote/reply.ts";
import type { Session } from "../session.ts";

export const reload: Command = {
  name: "reload",
  summary:
    "Restarts the daemon: everything is stopped, the configuration read anew and everything started. The shell asks before.",
  forms: [{ usage: "reload", does: "Restart the daemon" }],
  completes: [],
  acts: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  if (given.text !== "") return usageError(terminal, reload, "Error: reload accepts no arguments");
  const really = await confirm(session, "Really restart the remote supervisord process y/N? ");
  if (!really.ok) return really;
  if (!really.value) return done();
  const reply = await (await session.supervisor()).restart();
  if (faultCode(reply) === FAULT_CODES.SHUTDOWN_STATE) return refuse(terminal, "ERROR: already shutting down");
  if (!reply.ok) return reply;
  terminal.line("Restarted supervisord");
  return done();
}

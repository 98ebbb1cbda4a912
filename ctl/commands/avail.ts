import { FAULT_CODES } from "../../src/model/fault.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { done, type Ending, faultCode } from "../remote/reply.ts";
import { availLine } from "../render/avail.ts";
import type { Session } from "../session.ts";

export const avail: Command = {
  name: "avail",
  summary:
    "Lists every process of the configuration, whether its group is active, whether it starts by itself, and its priorities.",
  forms: [{ usage: "avail", does: "List all configured processes" }],
  completes: [],
  run,
};

async function run(given: Arguments, { terminal, supervisor }: Session): Promise<Ending> {
  if (given.text !== "") return usageError(terminal, avail, "Error: avail accepts no arguments");
  const reply = await (await supervisor()).getAllConfigInfo();
  if (faultCode(reply) === FAULT_CODES.SHUTDOWN_STATE) return refuse(terminal, "ERROR: supervisor shutting down");
  if (!reply.ok) return reply;
  for (const info of reply.value) terminal.line(availLine(info));
  return done(EXIT.success, { processes: reply.value });
}

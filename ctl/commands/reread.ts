import { FAULT_CODES } from "../../src/model/fault.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import { changeLines } from "../render/changes.ts";
import type { Session } from "../session.ts";

export const reread: Command = {
  name: "reread",
  summary:
    "Has the daemon read its configuration files again and report what differs from the active groups. Nothing is started or stopped.",
  forms: [{ usage: "reread", does: "Read the configuration files and list what changed, without applying it" }],
  completes: [],
  run,
};

async function run(given: Arguments, { terminal, supervisor }: Session): Promise<Ending> {
  if (given.text !== "") return usageError(terminal, reread, "Error: reread accepts no arguments");
  const reply = await (await supervisor()).reloadConfig();
  if (!reply.ok) {
    const { failure } = reply;
    if (failure.kind !== "fault") return reply;
    if (failure.code === FAULT_CODES.SHUTDOWN_STATE) return refuse(terminal, "ERROR: supervisor shutting down");
    if (failure.code === FAULT_CODES.CANT_REREAD) return refuse(terminal, `ERROR: ${failure.text}`);
    return reply;
  }
  for (const line of changeLines(reply.value)) terminal.line(line);
  return done(EXIT.success, reply.value);
}

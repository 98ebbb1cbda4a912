import { FAULT_CODES } from "../../src/model/fault.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { done, type Ending, faultCode } from "../remote/reply.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";

export const add: Command = {
  name: "add",
  summary: "Makes groups of the configuration active that was read last; their programs start if they start by themselves.",
  forms: [{ usage: "add <name> [...]", does: "Activate these groups as they were last read" }],
  completes: ["groups"],
  acts: true,
  run,
};

async function run(given: Arguments, { terminal, supervisor }: Session): Promise<Ending> {
  const daemon = await supervisor();
  let status = 0;
  for (const name of given.words) {
    const reply = await daemon.addProcessGroup(name);
    if (reply.ok) {
      terminal.line(`${visible(name)}: added process group`);
      continue;
    }
    switch (faultCode(reply)) {
      case FAULT_CODES.ALREADY_ADDED:
        terminal.line("ERROR: process group already active");
        break;
      case FAULT_CODES.BAD_NAME:
        terminal.line(`ERROR: no such process/group: ${visible(name)}`);
        status = EXIT.generic;
        break;
      case FAULT_CODES.SHUTDOWN_STATE:
        terminal.line("ERROR: shutting down");
        status = EXIT.generic;
        break;
      default:
        return reply;
    }
  }
  return done(status);
}

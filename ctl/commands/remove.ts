import { FAULT_CODES } from "../../src/model/fault.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { done, type Ending, faultCode } from "../remote/reply.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";

export const remove: Command = {
  name: "remove",
  summary: "Takes groups out of the active configuration. All their processes must have stopped.",
  forms: [{ usage: "remove <name> [...]", does: "Deactivate these groups, once they are stopped" }],
  completes: ["groups"],
  acts: true,
  run,
};

async function run(given: Arguments, { terminal, supervisor }: Session): Promise<Ending> {
  const daemon = await supervisor();
  let status = 0;
  for (const name of given.words) {
    const reply = await daemon.removeProcessGroup(name);
    if (reply.ok) {
      terminal.line(`${visible(name)}: removed process group`);
      continue;
    }
    status = EXIT.generic;
    switch (faultCode(reply)) {
      case FAULT_CODES.STILL_RUNNING:
        terminal.line(`ERROR: process/group still running: ${visible(name)}`);
        break;
      case FAULT_CODES.BAD_NAME:
        terminal.line(`ERROR: no such process/group: ${visible(name)}`);
        break;
      default:
        return reply;
    }
  }
  return done(status);
}

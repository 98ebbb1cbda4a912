import { FAULT_CODES } from "../../src/model/fault.ts";
import type { GroupUpdate } from "../../src/model/request.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse } from "../line/usage-error.ts";
import { done, type Ending, faultCode, type Reply } from "../remote/reply.ts";
import type { Supervisor } from "../remote/supervisor.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { updateStepwise } from "../update-stepwise.ts";

export const update: Command = {
  name: "update",
  summary:
    "Has the daemon read its configuration files again and make the difference real. taskmasterd touches only the processes that differ; " +
    "supervisord restarts every process of a changed group.",
  forms: [
    { usage: "update", does: "Read the configuration files and apply what changed" },
    { usage: "update all", does: "The same" },
    { usage: "update <gname> [...]", does: "Apply what changed in these groups only" },
  ],
  completes: ["groups"],
  acts: true,
  run,
};

async function run(given: Arguments, { terminal, supervisor }: Session): Promise<Ending> {
  const daemon = await supervisor();
  const names = given.words.includes("all") ? [] : [...new Set(given.words)];
  const updated = await updateAtOnce(daemon, names, terminal);
  const ending = faultCode(updated) === FAULT_CODES.UNKNOWN_METHOD ? await updateStepwise(daemon, names, terminal) : updated;
  return faultCode(ending) === FAULT_CODES.SHUTDOWN_STATE ? refuse(terminal, "ERROR: already shutting down") : ending;
}

/** Leaves it to the daemon's own extension; fault UNKNOWN_METHOD from a daemon that has none. */
async function updateAtOnce(daemon: Supervisor, names: readonly string[], terminal: Terminal): Promise<Ending> {
  const reply = await daemon.update(names);
  const unknown = nameRefused(reply, names);
  if (unknown === undefined) return printUpdates(reply, terminal);
  terminal.line(`ERROR: no such group: ${visible(unknown)}`);
  const others = names.filter((name) => name !== unknown);
  const ending = others.length === 0 ? done() : await updateAtOnce(daemon, others, terminal);
  return ending.ok ? done(EXIT.generic) : ending;
}

/** The one of the names that the daemon does not know. */
function nameRefused(reply: Reply<unknown>, names: readonly string[]): string | undefined {
  if (reply.ok || reply.failure.kind !== "fault" || reply.failure.code !== FAULT_CODES.BAD_NAME) return undefined;
  const { text } = reply.failure;
  return names.find((name) => text === `BAD_NAME: ${name}`);
}

function printUpdates(reply: Reply<readonly GroupUpdate[]>, terminal: Terminal): Ending {
  if (!reply.ok) return reply;
  for (const { group, change, stopped } of reply.value) {
    const name = visible(group);
    // A group that changed without a process of it having to stop says so by leaving this line out.
    if (change === "removed" || stopped > 0) terminal.line(`${name}: stopped`);
    terminal.line(`${name}: ${change === "changed" ? "updated" : change} process group`);
  }
  return done(EXIT.success, { updates: reply.value });
}

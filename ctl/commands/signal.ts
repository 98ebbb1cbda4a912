import { actOnProcesses } from "../act-on-processes.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { usageError } from "../line/usage-error.ts";
import type { Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { SIGNALLING } from "../render/process-result.ts";
import type { Session } from "../session.ts";

export const signal: Command = {
  name: "signal",
  summary: "Sends a signal to processes. It is no stop: a process that ends of it may be restarted.",
  forms: [
    { usage: "signal <signal name> <name>", does: "Send a signal to a process" },
    { usage: "signal <signal name> <gname>:*", does: "Send a signal to every process of a group" },
    { usage: "signal <signal name> <name> <name>", does: "Send a signal to several processes or groups" },
    { usage: "signal <signal name> all", does: "Send a signal to every process" },
  ],
  completes: ["signals", "processes"],
  prefers: "running",
  acts: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const down = await upcheck(session);
  if (down !== null) return down;
  const [name, ...targets] = given.words;
  if (name === undefined || targets.length === 0) {
    return usageError(session.terminal, signal, "Error: signal requires a signal name and a process name");
  }
  const daemon = await session.supervisor();
  return actOnProcesses(
    targets,
    {
      vocabulary: SIGNALLING,
      ignoredFault: null,
      group: { call: (group) => daemon.signalProcessGroup(group, name), unknownStatus: EXIT.generic },
      all: () => daemon.signalAllProcesses(name),
      process: (process) => daemon.signalProcess(process, name),
    },
    session.terminal,
  );
}

import { actOnProcesses } from "../act-on-processes.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { usageError } from "../line/usage-error.ts";
import type { Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { CLEARING } from "../render/process-result.ts";
import type { Session } from "../session.ts";

export const clear: Command = {
  name: "clear",
  summary: "Empties the current log files of running processes. Whole groups (`group:*`) cannot be named.",
  forms: [
    { usage: "clear <name>", does: "Empty the log files of a process" },
    { usage: "clear <name> <name>", does: "Empty the log files of several processes" },
    { usage: "clear all", does: "Empty the log files of all processes" },
  ],
  completes: ["processes"],
  acts: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const down = await upcheck(session);
  if (down !== null) return down;
  const names = given.words;
  if (names.length === 0) return usageError(session.terminal, clear, "Error: clear requires a process name");
  const daemon = await session.supervisor();
  return actOnProcesses(
    names,
    {
      vocabulary: CLEARING,
      ignoredFault: null,
      group: null,
      all: daemon.clearAllProcessLogs,
      process: daemon.clearProcessLogs,
    },
    session.terminal,
  );
}

import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT, lastFailure } from "../line/exit-status.ts";
import { usageError } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { restartRolling } from "../restart-rolling.ts";
import type { Session } from "../session.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";

export const restart: Command = {
  name: "restart",
  summary:
    "Stops processes, all of them first, then starts them again; with --rolling one after the other, so that the rest keeps working.",
  forms: [
    { usage: "restart <name>", does: "Restart a process" },
    { usage: "restart <gname>:*", does: "Restart every process of a group" },
    { usage: "restart <name> <name>", does: "Restart several processes or groups" },
    { usage: "restart all", does: "Restart every process" },
  ],
  options: [
    { name: "rolling", text: "one process after the other, each once the one before is up; ends at the first that fails" },
  ],
  notes: ["The processes start with the configuration they have; `update` takes over what changed in the files."],
  completes: ["processes"],
  prefers: "running",
  acts: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const down = await upcheck(session);
  if (down !== null) return down;
  if (given.words.length === 0) return usageError(session.terminal, restart, "Error: restart requires a process name");
  if (given.switches.has("rolling")) return restartRolling(given.words, session);
  const stopped = await stop.run(given, session);
  if (!stopped.ok || stopped.value === EXIT.interrupted) return stopped;
  const started = await start.run(given, session);
  if (!started.ok) return started;
  return done(lastFailure(stopped.value, started.value), { stopped: stopped.data, started: started.data });
}

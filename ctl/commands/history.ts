import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import type { Session } from "../session.ts";

const SHOWN = 25;

export const history: Command = {
  name: "history",
  summary: "Lists the lines that were typed in the shell, the last one last. Ctrl-R searches them.",
  forms: [
    { usage: "history", does: `List the last ${SHOWN} lines` },
    { usage: "history <number>", does: "List so many" },
  ],
  completes: [],
  offline: true,
  run,
};

async function run({ words }: Arguments, session: Session): Promise<Ending> {
  const [word = String(SHOWN), ...more] = words;
  if (more.length > 0 || !/^\d+$/.test(word)) {
    return usageError(session.terminal, history, "Error: history takes a number", EXIT.invalidArguments);
  }
  if (session.history === null) return refuse(session.terminal, "Error: only the shell has a history");
  const lines = session.history.lines.slice(0, Number(word)).toReversed();
  for (const line of lines) session.terminal.line(line);
  return done(EXIT.success, { lines });
}

import { type ProcessKey, watchStatus } from "../follow/watch-status.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { runLine } from "../line/run-line.ts";
import { usageError } from "../line/usage-error.ts";
import { PROCESS_OPTIONS, processOptions } from "../process-options.ts";
import type { Ending, Reply } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { failureText } from "../render/failure.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";

export const top: Command = {
  name: "top",
  summary:
    "Shows the processes as they change, with keys to start, stop and restart the one that is chosen and to follow its log.",
  forms: [{ usage: "top [<name> ...]", does: "Show all processes, or these, and act on them" }],
  options: PROCESS_OPTIONS,
  completes: ["processes"],
  endless: () => true,
  run,
};

const KEYS: readonly ProcessKey[] = [
  {
    key: "s",
    does: "starts",
    act: async (name, session) => outcome(name, "started", await (await session.supervisor()).startProcess(name)),
  },
  {
    key: "x",
    does: "stops",
    act: async (name, session) => outcome(name, "stopped", await (await session.supervisor()).stopProcess(name)),
  },
  { key: "r", does: "restarts", act: restart },
  {
    key: "l",
    does: "follows its log",
    takesOver: true,
    act: async (name, session) => {
      await runLine(`tail -f ${name}`, session);
      return "";
    },
  },
];

async function run(given: Arguments, session: Session): Promise<Ending> {
  const options = processOptions(given);
  if (!options.ok) return usageError(session.terminal, top, `Error: ${options.problem}`, EXIT.invalidArguments);
  return (await upcheck(session)) ?? watchStatus(options.value, session, KEYS);
}

async function restart(name: string, session: Session): Promise<string> {
  const daemon = await session.supervisor();
  await daemon.stopProcess(name);
  return outcome(name, "restarted", await daemon.startProcess(name));
}

function outcome(name: string, success: string, reply: Reply<unknown>): string {
  if (reply.ok) return `${visible(name)}: ${success}`;
  return visible(`${name}: ${reply.failure.kind === "fault" ? reply.failure.text : failureText(reply.failure)}`);
}

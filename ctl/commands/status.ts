import { parseNamespec } from "../../src/model/namespec.ts";
import { isStopped, PROCESS_STATE_CODES, type ProcessState } from "../../src/model/process-state.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { usageError } from "../line/usage-error.ts";
import { narrow, PROCESS_OPTIONS, processOptions } from "../process-options.ts";
import type { ProcessFacts } from "../remote/answers.ts";
import { done, type Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { statusLines } from "../render/status.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";

export const status: Command = {
  name: "status",
  summary:
    "Shows the state of processes: on a terminal as a table with uptime, CPU time and memory of the process tree, restarts and the last exit, " +
    "elsewhere as supervisorctl prints it. The exit status is 3 when one of them is stopped, 4 when a name is unknown.",
  forms: [
    { usage: "status <name>", does: "Show the state of a process" },
    { usage: "status <gname>:*", does: "Show the state of every process of a group" },
    { usage: "status <name> <name>", does: "Show the state of several processes; patterns like web-* mean all that match" },
    { usage: "status", does: "Show the state of every process" },
  ],
  options: [
    ...PROCESS_OPTIONS,
    { name: "watch", short: "w", text: "go on showing it as it changes, until q or Ctrl-C" },
    { name: "plain", text: "print it on a terminal too as supervisorctl does" },
  ],
  completes: ["processes"],
  endless: ({ switches }) => switches.has("watch"),
  streamsJson: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const options = processOptions(given);
  if (!options.ok) return usageError(terminal, status, `Error: ${options.problem}`, EXIT.invalidArguments);
  const watches = given.switches.has("watch");
  const wantsTable = terminal.columns !== null && !given.switches.has("plain");
  const supervisor = await session.supervisor();
  // Asked before it is known whether there is anybody to ask: a status is wanted at once, and costs nobody anything.
  const asked = watches ? null : wantsTable || session.format.json ? supervisor.getProcesses() : supervisor.getAllProcessFacts();
  const down = await upcheck(session);
  if (down !== null) return down.ok ? done(EXIT.statusUnknown) : down;
  if (asked === null) {
    const { watchStatus } = await import("../follow/watch-status.ts");
    return watchStatus(options.value, session);
  }
  const reply = await asked;
  if (!reply.ok) return reply;
  const { shown, unknown } = narrow(reply.value, options.value);
  for (const name of unknown) terminal.line(unknownLine(name));
  await print(shown, wantsTable, session);
  const data = { processes: shown, unknown };
  if (shown.some(({ statename }) => isState(statename) && isStopped(statename))) return done(EXIT.statusStopped, data);
  return done(unknown.length > 0 ? EXIT.statusUnknown : EXIT.success, data);
}

async function print(shown: readonly ProcessFacts[], wantsTable: boolean, session: Session): Promise<void> {
  const { terminal } = session;
  if (shown.length === 0) return;
  const style = await session.style();
  if (!wantsTable || terminal.columns === null) {
    terminal.styled(statusLines(shown, style).join("\n"));
    return;
  }
  const { processTable } = await import("../render/process-table.ts");
  terminal.styled(processTable(shown, { columns: terminal.columns, style }).join("\n"));
}

function unknownLine(name: string): string {
  const { group, process } = parseNamespec(name);
  return process === null ? `${visible(group)}: ERROR (no such group)` : `${visible(name)}: ERROR (no such process)`;
}

function isState(name: string): name is ProcessState {
  return Object.hasOwn(PROCESS_STATE_CODES, name);
}

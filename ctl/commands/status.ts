import { parseNamespec } from "../../src/model/namespec.ts";
import { isStopped, PROCESS_STATE_CODES, type ProcessState } from "../../src/model/process-state.ts";
import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { statusLines } from "../render/status.ts";
import { visible } from "../render/visible.ts";
import { done, type Ending } from "../reply.ts";
import type { Session } from "../session.ts";
import type { ProcessInfo } from "../supervisor.ts";
import { upcheck } from "../upcheck.ts";

export const status: Command = {
  name: "status",
  summary: "Shows the state of processes. The exit status is 3 when one of them is stopped, 4 when a name is unknown.",
  forms: [
    { usage: "status <name>", does: "Show the state of a process" },
    { usage: "status <gname>:*", does: "Show the state of every process of a group" },
    { usage: "status <name> <name>", does: "Show the state of several processes" },
    { usage: "status", does: "Show the state of every process" },
  ],
  completes: ["processes"],
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const down = await upcheck(session);
  if (down !== null) return down.ok ? done(EXIT.statusUnknown) : down;
  const reply = await (await session.supervisor()).getAllProcessInfo();
  if (!reply.ok) return reply;
  const names = given.words;
  const { shown, unknown } =
    names.length === 0 || names.includes("all") ? { shown: reply.value, unknown: [] } : select(names, reply.value);
  for (const name of unknown) session.terminal.line(unknownLine(name));
  for (const line of statusLines(shown, await session.style())) session.terminal.styled(line);
  const data = { processes: shown, unknown };
  if (shown.some(({ statename }) => isState(statename) && isStopped(statename))) return done(EXIT.statusStopped, data);
  return done(unknown.length > 0 ? EXIT.statusUnknown : EXIT.success, data);
}

/** The processes that the names mean, in the order of the names, and the names that mean none. */
function select(names: readonly string[], all: readonly ProcessInfo[]) {
  const shown: ProcessInfo[] = [];
  const unknown: string[] = [];
  for (const name of names) {
    const { group, process } = parseNamespec(name);
    const matches = all.filter((info) => info.group === group && (process === null || info.name === process));
    shown.push(...matches);
    if (matches.length === 0) unknown.push(name);
  }
  return { shown, unknown };
}

function unknownLine(name: string): string {
  const { group, process } = parseNamespec(name);
  return process === null ? `${visible(group)}: ERROR (no such group)` : `${visible(name)}: ERROR (no such process)`;
}

function isState(name: string): name is ProcessState {
  return Object.hasOwn(PROCESS_STATE_CODES, name);
}

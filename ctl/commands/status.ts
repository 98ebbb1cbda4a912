import { parseNamespec } from "../../src/model/namespec.ts";
import { isStopped, PROCESS_STATE_CODES, type ProcessState } from "../../src/model/process-state.ts";
import { type Command, words } from "../command.ts";
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
  completes: "processes",
  run,
};

async function run(argument: string, session: Session): Promise<Ending> {
  const down = await upcheck(session);
  if (down !== null) return down.ok ? done(EXIT.statusUnknown) : down;
  const reply = await (await session.supervisor()).getAllProcessInfo();
  if (!reply.ok) return reply;
  const names = words(argument);
  const { shown, unknown } =
    names.length === 0 || names.includes("all") ? { shown: reply.value, unknown: [] } : select(names, reply.value);
  for (const complaint of unknown) session.terminal.line(complaint);
  for (const line of statusLines(shown)) session.terminal.line(line);
  if (shown.some(({ statename }) => isState(statename) && isStopped(statename))) return done(EXIT.statusStopped);
  return done(unknown.length > 0 ? EXIT.statusUnknown : EXIT.success);
}

/** The processes that the names mean, in the order of the names, and a complaint for each name that means none. */
function select(names: readonly string[], all: readonly ProcessInfo[]) {
  const shown: ProcessInfo[] = [];
  const unknown: string[] = [];
  for (const name of names) {
    const { group, process } = parseNamespec(name);
    const matches = all.filter((info) => info.group === group && (process === null || info.name === process));
    shown.push(...matches);
    if (matches.length > 0) continue;
    unknown.push(process === null ? `${visible(group)}: ERROR (no such group)` : `${visible(name)}: ERROR (no such process)`);
  }
  return { shown, unknown };
}

function isState(name: string): name is ProcessState {
  return Object.hasOwn(PROCESS_STATE_CODES, name);
}

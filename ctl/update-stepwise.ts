import { FAULT_CODES } from "../src/model/fault.ts";
import { EXIT, lastFailure } from "./line/exit-status.ts";
import { done, type Ending, type Reply } from "./remote/reply.ts";
import type { Supervisor } from "./remote/supervisor.ts";
import { visible } from "./render/visible.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Updates a daemon that can do it only group by group: a changed group is stopped, removed and added anew. A call that fails ends it
 * where it is.
 * @param names - the groups to update; none for all.
 */
export async function updateStepwise(daemon: Supervisor, names: readonly string[], terminal: Terminal): Promise<Ending> {
  const reread = await daemon.reloadConfig();
  if (!reread.ok) return reread;
  const { added, changed, removed } = reread.value;
  const checked = await complainOfUnknown(names, added, daemon, terminal);
  if (!checked.ok) return checked;

  let status = checked.value;
  const steps = [
    ...removed.map((group) => ({ group, step: removeGroup })),
    ...changed.map((group) => ({ group, step: replaceGroup })),
    ...added.map((group) => ({ group, step: addGroup })),
  ];
  for (const { group, step } of steps) {
    if (names.length > 0 && !names.includes(group)) continue;
    const ending = await step(daemon, group, terminal);
    if (!ending.ok) return ending;
    status = lastFailure(status, ending.value);
  }
  return done(status);
}

/** A name is known when it is an active group or one that is about to be added. */
async function complainOfUnknown(
  names: readonly string[],
  added: readonly string[],
  daemon: Supervisor,
  terminal: Terminal,
): Promise<Ending> {
  if (names.length === 0) return done();
  const processes = await daemon.getAllProcessInfo();
  if (!processes.ok) return processes;
  const known = new Set([...processes.value.map(({ group }) => group), ...added]);
  const unknown = names.filter((name) => !known.has(name));
  for (const name of unknown) terminal.line(`ERROR: no such group: ${visible(name)}`);
  return done(unknown.length > 0 ? EXIT.generic : EXIT.success);
}

async function removeGroup(daemon: Supervisor, group: string, terminal: Terminal): Promise<Ending> {
  const stopped = await daemon.stopProcessGroup(group);
  if (!stopped.ok) return stopped;
  terminal.line(`${visible(group)}: stopped`);
  if (stopped.value.some(({ status }) => status === FAULT_CODES.FAILED)) {
    terminal.line(`${visible(group)}: has problems; not removing`);
    return done(EXIT.generic);
  }
  return announce(await daemon.removeProcessGroup(group), `${visible(group)}: removed process group`, terminal);
}

async function replaceGroup(daemon: Supervisor, group: string, terminal: Terminal): Promise<Ending> {
  const stopped = await daemon.stopProcessGroup(group);
  if (!stopped.ok) return stopped;
  terminal.line(`${visible(group)}: stopped`);
  const removed = await daemon.removeProcessGroup(group);
  if (!removed.ok) return removed;
  return announce(await daemon.addProcessGroup(group), `${visible(group)}: updated process group`, terminal);
}

async function addGroup(daemon: Supervisor, group: string, terminal: Terminal): Promise<Ending> {
  return announce(await daemon.addProcessGroup(group), `${visible(group)}: added process group`, terminal);
}

function announce(reply: Reply<unknown>, line: string, terminal: Terminal): Ending {
  if (!reply.ok) return reply;
  terminal.line(line);
  return done();
}

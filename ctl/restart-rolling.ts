import { FAULT_CODES } from "../src/model/fault.ts";
import { formatNamespec } from "../src/model/namespec.ts";
import { untilInterrupted } from "./interrupt.ts";
import { EXIT, exitStatusOfFault } from "./line/exit-status.ts";
import { done, type Ending, faultCode, type Reply } from "./remote/reply.ts";
import { failureText } from "./render/failure.ts";
import { outcomeLine, STARTING, STOPPING, type Vocabulary } from "./render/process-result.ts";
import { visible } from "./render/visible.ts";
import { selectProcesses } from "./select-processes.ts";
import type { Session } from "./session.ts";

/**
 * Restarts processes one after the other, each only when the one before is up again, and ends at the first that does not come up: the
 * others then run as before. A process that does not run is left alone.
 */
export async function restartRolling(names: readonly string[], session: Session): Promise<Ending> {
  const { terminal } = session;
  const facts = await (await session.supervisor()).getAllProcessFacts();
  if (!facts.ok) return facts;
  const { shown, unknown } = selectProcesses(names, facts.value);
  for (const name of unknown) terminal.line(`${visible(name)}: ERROR (no such process)`);
  if (unknown.length > 0) return done(EXIT.generic);
  const running = shown.filter(({ pid }) => pid !== 0);
  const restarted: string[] = [];
  const end = (status: number) => {
    const left = running.slice(restarted.length).map(({ group, name }) => formatNamespec(group, name));
    if (left.length > 0) terminal.line(`not restarted: ${left.map(visible).join(" ")}`);
    return done(status, { restarted, left });
  };
  return untilInterrupted(async (interrupted) => {
    for (const process of running) {
      if (interrupted.aborted) return end(EXIT.interrupted);
      const ending = await restartOne(process, session);
      if (!ending.ok) return ending;
      if (ending.value !== EXIT.success) return end(ending.value);
      restarted.push(formatNamespec(process.group, process.name));
    }
    return end(EXIT.success);
  });
}

interface Named {
  readonly group: string;
  readonly name: string;
}

async function restartOne(process: Named, session: Session): Promise<Ending> {
  const daemon = await session.supervisor();
  const name = formatNamespec(process.group, process.name);
  const stopped = await daemon.stopProcess(name);
  // It may have ended by itself just now.
  if (faultCode(stopped) !== FAULT_CODES.NOT_RUNNING) {
    const ending = tell(process, stopped, STOPPING, session);
    if (!ending.ok || ending.value !== EXIT.success) return ending;
  }
  return tell(process, await daemon.startProcess(name), STARTING, session);
}

function tell({ group, name }: Named, reply: Reply<unknown>, vocabulary: Vocabulary, { terminal }: Session): Ending {
  if (!reply.ok && reply.failure.kind !== "fault") return reply;
  const status = faultCode(reply) ?? FAULT_CODES.SUCCESS;
  const description = reply.ok ? "OK" : failureText(reply.failure);
  const line = outcomeLine({ group, process: name, status, description }, vocabulary);
  if (line === null) return reply.ok ? done() : reply;
  terminal.line(line);
  return done(exitStatusOfFault(status, null));
}

import { FAULT_CODES } from "../../src/model/fault.ts";
import { actOnProcesses, type ProcessAction } from "../act-on-processes.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { usageError } from "../line/usage-error.ts";
import { doLongWork } from "../long-work.ts";
import type { Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { STARTING } from "../render/process-result.ts";
import type { Session } from "../session.ts";

export const start: Command = {
  name: "start",
  summary: "Starts processes and waits until each is up or has failed.",
  forms: [
    { usage: "start <name>", does: "Start a process" },
    { usage: "start <gname>:*", does: "Start every process of a group" },
    { usage: "start <name> <name>", does: "Start several processes or groups" },
    { usage: "start all", does: "Start every process" },
  ],
  completes: ["processes"],
  prefers: "stopped",
  acts: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const down = await upcheck(session);
  if (down !== null) return down;
  const names = given.words;
  if (names.length === 0) {
    return usageError(session.terminal, start, "Error: start requires a process name", EXIT.invalidArguments);
  }
  const daemon = await session.supervisor();
  const action: ProcessAction = {
    vocabulary: STARTING,
    ignoredFault: FAULT_CODES.ALREADY_STARTED,
    group: { call: daemon.startProcessGroup, unknownStatus: EXIT.invalidArguments },
    all: daemon.startAllProcesses,
    process: daemon.startProcess,
  };
  const long = { doing: "starting", did: "started", names, isDone: (state: string) => !COMING_UP.includes(state) };
  return doLongWork(long, session, (terminal) => actOnProcesses(names, action, terminal));
}

/** What a process that is being started goes through, or waits in for its turn. */
const COMING_UP: readonly string[] = ["STOPPED", "STARTING", "BACKOFF"];

import { FAULT_CODES } from "../../src/model/fault.ts";
import { actOnProcesses, type ProcessAction } from "../act-on-processes.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { usageError } from "../line/usage-error.ts";
import { doLongWork } from "../long-work.ts";
import type { Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { STOPPING } from "../render/process-result.ts";
import type { Session } from "../session.ts";

export const stop: Command = {
  name: "stop",
  summary: "Stops processes and waits until each has ended.",
  forms: [
    { usage: "stop <name>", does: "Stop a process" },
    { usage: "stop <gname>:*", does: "Stop every process of a group" },
    { usage: "stop <name> <name>", does: "Stop several processes or groups" },
    { usage: "stop all", does: "Stop every process" },
  ],
  completes: ["processes"],
  prefers: "running",
  acts: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const down = await upcheck(session);
  if (down !== null) return down;
  const names = given.words;
  if (names.length === 0) return usageError(session.terminal, stop, "Error: stop requires a process name");
  const daemon = await session.supervisor();
  const action: ProcessAction = {
    vocabulary: STOPPING,
    ignoredFault: FAULT_CODES.NOT_RUNNING,
    group: { call: daemon.stopProcessGroup, unknownStatus: EXIT.generic },
    all: daemon.stopAllProcesses,
    process: daemon.stopProcess,
  };
  const long = { doing: "stopping", did: "stopped", names, isDone: (state: string) => !UP.includes(state) };
  return doLongWork(long, session, (terminal) => actOnProcesses(names, action, terminal));
}

/** What a process that is to stop may be in until it has. */
const UP: readonly string[] = ["RUNNING", "STARTING", "BACKOFF", "STOPPING"];

import { call, messageOf } from "./api.ts";
import { confirm } from "./confirm.tsx";
import type { Known } from "./store.ts";

/** Something that can be done to processes. */
export interface Action {
  readonly name: "start" | "stop" | "restart" | "signal" | "clear";
  readonly label: string;
  /** What is told of each that went well. */
  readonly did: string;
  /** Whether one has to think before it is done to several. */
  readonly hurts: boolean;
  run(key: string, signal: string): Promise<unknown>;
}

const NOT_RUNNING = 70;
const ALREADY_STARTED = 60;

/** The daemon answers when the process is up, or has failed. */
const start = (key: string) => call("supervisor.startProcess", key);
const stop = (key: string) => call("supervisor.stopProcess", key);

export const ACTIONS: readonly Action[] = [
  { name: "start", label: "Start", did: "started", hurts: false, run: start },
  { name: "stop", label: "Stop", did: "stopped", hurts: true, run: stop },
  {
    name: "restart",
    label: "Restart",
    did: "restarted",
    hurts: true,
    run: async (key) => {
      await stop(key).catch((error: { code?: number }) => {
        if (error.code !== NOT_RUNNING) throw error;
      });
      return start(key);
    },
  },
  {
    name: "signal",
    label: "Signal",
    did: "signalled",
    hurts: true,
    run: (key, signal) => call("supervisor.signalProcess", key, signal),
  },
  {
    name: "clear",
    label: "Clear logs",
    did: "logs cleared",
    hurts: true,
    run: (key) => call("supervisor.clearProcessLogs", key),
  },
];

export interface Outcome {
  readonly key: string;
  readonly text: string;
  readonly failed: boolean;
}

/** Calls that run at the same time; each waits in the daemon until its process is up. */
const AT_ONCE = 20;

/** Does something to each of the processes, after asking where it hurts. @param report - hears of each that is through. */
export async function act(
  action: Action,
  processes: readonly Known[],
  signal: string,
  report: (outcome: Outcome) => void,
): Promise<void> {
  const names = processes.length === 1 ? (processes[0]?.key ?? "") : `${processes.length} processes`;
  const what = action.name === "signal" ? `Send ${signal} to ${names}?` : `${action.label} ${names}?`;
  if (action.hurts && (processes.length > 1 || action.name !== "stop") && !(await confirm(what, action.label))) return;
  const queue = [...processes];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { key } = next;
      try {
        await action.run(key, signal);
        report({ key, text: action.did, failed: false });
      } catch (error) {
        const isThere = (error as { code?: number }).code === (action.name === "start" ? ALREADY_STARTED : NOT_RUNNING);
        report({ key, text: messageOf(error), failed: !isThere });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

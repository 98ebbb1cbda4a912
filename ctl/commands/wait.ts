import { parseDuration } from "../../src/config/duration.ts";
import { formatNamespec } from "../../src/model/namespec.ts";
import { PROCESS_STATE_CODES } from "../../src/model/process-state.ts";
import { waitForState } from "../follow/wait-for-state.ts";
import { untilInterrupted } from "../interrupt.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { usageError } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";

const STATES = Object.keys(PROCESS_STATE_CODES);
const DEFAULT_TIMEOUT = "60s";

export const wait: Command = {
  name: "wait",
  summary:
    `Waits until processes are in a state. The exit status is 0 when all of them are, ${EXIT.timedOut} when the time was up, ${EXIT.notRunning} when one of them ` +
    "was given up while it was to run.",
  forms: [
    { usage: "wait <name> ...", does: "Wait until these processes are RUNNING" },
    { usage: "wait all", does: "Wait until every process is" },
  ],
  options: [
    { name: "state", placeholder: "STATE", values: STATES.map((state) => state.toLowerCase()), text: "the state to wait for" },
    { name: "timeout", placeholder: "TIME", text: `how long at most: 30, 500ms, 2m; ${DEFAULT_TIMEOUT} unless told` },
  ],
  completes: ["processes"],
  quoting: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const options = waitOptions(given);
  if (!options.ok) return usageError(terminal, wait, `Error: ${options.problem}`, EXIT.invalidArguments);
  const { state, timeout } = options.value;
  const down = await upcheck(session);
  if (down !== null) return down;
  const outcome = await untilInterrupted((interrupted) =>
    waitForState({ names: given.words, state, timeout, interrupted }, session),
  );
  if (!outcome.ok) return outcome;
  const { kind, processes, unknown } = outcome.value;
  const data = { outcome: kind, processes: processes.map(({ group, name, statename }) => ({ group, name, statename })), unknown };
  for (const name of unknown) terminal.line(`${visible(name)}: ERROR (no such process)`);
  if (kind === "reached") return done(EXIT.success, data);
  for (const { group, name, statename, description } of processes.filter(({ statename: now }) => now !== state)) {
    const why = statename === "FATAL" || statename === "BACKOFF" ? ` (${visible(description)})` : "";
    terminal.line(`${visible(formatNamespec(group, name))}: still ${statename}${why}`);
  }
  return done(STATUSES[kind], data);
}

function waitOptions({
  words,
  values,
}: Arguments): { ok: true; value: { state: string; timeout: number } } | { ok: false; problem: string } {
  const [state, time] = [(values.get("state") ?? "running").toUpperCase(), values.get("timeout") ?? DEFAULT_TIMEOUT];
  const timeout = parseDuration(time);
  if (words.length === 0) return { ok: false, problem: "wait requires a process name" };
  if (!STATES.includes(state)) return { ok: false, problem: `no such state: ${state}; there are ${STATES.join(", ")}` };
  return timeout === undefined ? { ok: false, problem: `no such time: ${time}` } : { ok: true, value: { state, timeout } };
}

const STATUSES = {
  unknown: EXIT.statusUnknown,
  failed: EXIT.notRunning,
  "timed-out": EXIT.timedOut,
  interrupted: EXIT.interrupted,
} as const;

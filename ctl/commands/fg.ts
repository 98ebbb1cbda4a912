import { FAULT_CODES } from "../../src/model/fault.ts";
import { untilInterrupted } from "../interrupt.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import type { InputLine } from "../line-input.ts";
import { streamLog } from "../remote/log-stream.ts";
import { done, type Ending, faultCode } from "../remote/reply.ts";
import type { Supervisor } from "../remote/supervisor.ts";
import { upcheck } from "../remote/upcheck.ts";
import { failureText } from "../render/failure.ts";
import type { Session } from "../session.ts";

export const fg: Command = {
  name: "fg",
  summary: "Brings a running process to the foreground: shows its output and sends it the lines that are typed.",
  forms: [{ usage: "fg <process>", does: "Talk to a process, until Ctrl-C or Ctrl-D" }],
  completes: ["processes"],
  prefers: "running",
  endless: () => true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const down = await upcheck(session);
  if (down !== null) return down;
  const [name, ...more] = given.words;
  if (name === undefined) return usageError(terminal, fg, "ERROR: no process name supplied");
  if (more.length > 0) return refuse(terminal, "ERROR: too many process names supplied");

  const daemon = await session.supervisor();
  const info = await daemon.getProcessInfo(name);
  if (faultCode(info) === FAULT_CODES.BAD_NAME) return refuse(terminal, "ERROR: bad process name supplied");
  if (!info.ok) return info;
  if (info.value.statename !== "RUNNING") return refuse(terminal, "ERROR: process not running");

  terminal.line("==> Press Ctrl-C to exit <==");
  await untilInterrupted((interrupted) => converse(name, daemon, session, interrupted));
  terminal.line("Exiting foreground");
  return done();
}

/** Streams both logs while lines are sent, and ends both together. */
async function converse(name: string, daemon: Supervisor, session: Session, interrupted: AbortSignal): Promise<void> {
  const { terminal } = session;
  const { access } = session.server;
  const finished = new AbortController();
  const stop = AbortSignal.any([interrupted, finished.signal]);
  const streams = ["stdout", "stderr"].map((channel) =>
    streamLog(access, encodeURI(`/logtail/${name}/${channel}`), stop, terminal.raw),
  );
  await sendLines(name, daemon, session, interrupted);
  finished.abort();
  await Promise.all(streams);
}

/** Sends what is typed, line by line, until the user has enough or the process is gone. */
async function sendLines(
  name: string,
  daemon: Supervisor,
  { input, terminal }: Session,
  interrupted: AbortSignal,
): Promise<void> {
  const interruption = whenAborted(interrupted);
  // Ctrl-C may come while a line is being sent, too.
  while (!interrupted.aborted) {
    const typed = await Promise.race([input.ask("", { signal: interrupted }), interruption]);
    if (typed.kind !== "line") return;
    const sent = await daemon.sendProcessStdin(name, `${typed.text}\n`);
    const info = sent.ok ? await daemon.getProcessInfo(name) : sent;
    if (info.ok && info.value.statename === "RUNNING") continue;
    if (info.ok || faultCode(info) === FAULT_CODES.NOT_RUNNING) terminal.line("Process got killed");
    else terminal.line(`ERROR: ${failureText(info.failure)}`);
    return;
  }
}

function whenAborted(signal: AbortSignal): Promise<InputLine> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve({ kind: "interrupt" }), { once: true });
  });
}

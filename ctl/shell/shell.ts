import { setTimeout as sleep } from "node:timers/promises";
import { formatNamespec } from "../../src/model/namespec.ts";
import { untilInterrupted } from "../interrupt.ts";
import type { Command } from "../line/command.ts";
import { type LineOutcome, runLine } from "../line/run-line.ts";
import type { LiveEvent } from "../remote/live-events.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";
import { defaultHistoryFile, History } from "./history.ts";
import { ProcessCache } from "./process-cache.ts";
import type { ShellPrompt } from "./shell-prompt.ts";
import { suggest } from "./suggestions.ts";

export interface ShellOptions {
  readonly prompt: string;
  readonly historyFile: string | null;
}

/** How long the first prompt waits for the names that Tab completes; milliseconds. */
const PATIENCE_MS = 300;

/** The interactive shell: shows the status, then runs line after line until the user leaves. */
export async function runShell(session: Session, options: ShellOptions): Promise<void> {
  const outcome = await runUnlessInterrupted("status", session);
  if (process.stdin.isTTY && process.stdout.isTTY) await converse(session, options);
  else if (outcome !== "interrupted") await readLines(session, options);
}

/** Lines of a pipe or a file, for scripts. */
async function readLines(session: Session, { prompt }: ShellOptions): Promise<void> {
  for (;;) {
    const answer = await session.input.ask(`${prompt}> `);
    if (answer.kind !== "line") {
      session.terminal.line("");
      return;
    }
    const outcome = await runUnlessInterrupted(answer.text, session);
    if (outcome === "interrupted" || outcome.leaves) return;
  }
}

/** Talks with somebody at a terminal. */
async function converse(outer: Session, { prompt, historyFile }: ShellOptions): Promise<void> {
  const { ShellPrompt } = await import("./shell-prompt.ts");
  const history = new History(historyFile ?? defaultHistoryFile(process.env));
  const session = { ...outer, history };
  const commands = await allCommands(session);
  const style = await session.style();
  let asking: ShellPrompt | null = null;
  const cache = new ProcessCache(
    session,
    (event) => {
      const news = newsOf(event);
      if (news !== null) asking?.notify(style.dim(news));
    },
    () => asking?.suggestAnew(),
  );
  let access = session.server.access;
  await Promise.race([cache.start(), sleep(PATIENCE_MS, null, { ref: false })]);
  for (;;) {
    if (session.server.access !== access) void cache.start();
    access = session.server.access;
    asking = new ShellPrompt({
      stdin: process.stdin,
      stdout: process.stdout,
      prompt,
      style,
      text: session.input.takeRest(),
      context: {
        get history() {
          return history.lines;
        },
        suggest: (text, cursor) => suggest(text, cursor, { commands, processes: cache.processes }),
      },
      onKey: () => cache.refresh(),
    });
    const text: string | null = await asking.run().then(
      (line) => line ?? "",
      () => null,
    );
    asking = null;
    if (text === null || (await runLines(text, history, session))) break;
  }
  cache.stop();
}

/** Runs what was submitted, one line after the other. @returns whether the user wants to leave. */
async function runLines(text: string, history: History, session: Session): Promise<boolean> {
  for (const line of text.split("\n")) {
    history.add(line);
    const outcome = await runUnlessInterrupted(line, session);
    if (outcome === "interrupted") return false;
    if (outcome.leaves) return true;
  }
  return false;
}

/** A command that handles Ctrl-C itself keeps it; every other is left to end by itself in the daemon. */
async function runUnlessInterrupted(text: string, session: Session): Promise<LineOutcome | "interrupted"> {
  return untilInterrupted(async (interrupted) => {
    const abort = new Promise<"interrupted">((resolve) => {
      interrupted.addEventListener("abort", () => resolve("interrupted"), { once: true });
    });
    const outcome = await Promise.race([runLine(text, session), abort]);
    if (outcome === "interrupted") session.terminal.line("");
    return outcome;
  });
}

async function allCommands({ commands }: Session): Promise<readonly Command[]> {
  const all = await Promise.all(commands.names.map(commands.find));
  return all.filter((command) => command !== null);
}

/** What somebody at the prompt wants to hear at once: that a process has died, or was given up. */
function newsOf({ type, data }: LiveEvent): string | null {
  const name = visible(formatNamespec(String(data.group), String(data.name)));
  if (type === "PROCESS_STATE_FATAL") return `${name} was given up: FATAL`;
  if (type !== "PROCESS_STATE_EXITED" || data.expected === true) return null;
  const how = data.exit_signal === "" ? `exit status ${Number(data.exit_code)}` : visible(String(data.exit_signal));
  return `${name} has ended unexpectedly: ${how}`;
}

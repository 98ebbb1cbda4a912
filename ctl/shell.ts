import { readFileSync, writeFileSync } from "node:fs";
import type { Command } from "./command.ts";
import { complete, type KnownProcess } from "./complete.ts";
import { untilInterrupted } from "./interrupt.ts";
import { type LineOutcome, runLine } from "./run-line.ts";
import type { Session } from "./session.ts";

export interface ShellOptions {
  readonly prompt: string;
  readonly historyFile: string | null;
}

/** The interactive shell: shows the status, then runs line after line until the user leaves. Ctrl-C leaves at any time. */
export async function runShell(session: Session, { prompt, historyFile }: ShellOptions): Promise<void> {
  const history = readHistory(historyFile);
  let outcome = await runUnlessInterrupted("status", session);
  while (outcome !== "interrupted" && !outcome.leaves) {
    const answer = await session.input.ask(`${prompt}> `, { history, completer: completer(session) });
    if (answer.kind !== "line") {
      session.terminal.line("");
      break;
    }
    outcome = await runUnlessInterrupted(answer.text, session);
  }
  writeHistory(historyFile, history);
}

/** A command that handles Ctrl-C itself keeps it; every other is left behind with the whole shell. */
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

/** Tab for one line: the daemon is asked at most once, and only when names are wanted. */
function completer(session: Session): (line: string) => Promise<[string[], string]> {
  let commands: Promise<readonly Command[]> | undefined;
  let processes: Promise<readonly KnownProcess[]> | undefined;
  return async (line) => {
    commands ??= allCommands(session);
    processes ??= /\S\s/.test(line) ? knownProcesses(session) : undefined;
    return complete(line, await commands, (await processes) ?? []);
  };
}

async function allCommands({ commands }: Session): Promise<readonly Command[]> {
  const all = await Promise.all(commands.names.map(commands.find));
  return all.filter((command) => command !== null);
}

async function knownProcesses(session: Session): Promise<readonly KnownProcess[]> {
  const reply = await (await session.supervisor()).getAllProcessInfo();
  return reply.ok ? reply.value : [];
}

/** Lines of the file, newest first; none when it cannot be read. */
function readHistory(file: string | null): string[] {
  if (file === null) return [];
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean).reverse();
  } catch {
    return [];
  }
}

/** A history that cannot be kept is no reason to fail. It may hold names and words of the user's: nobody else may read it. */
function writeHistory(file: string | null, history: readonly string[]): void {
  if (file === null) return;
  try {
    writeFileSync(
      file,
      history
        .toReversed()
        .map((line) => `${line}\n`)
        .join(""),
      { mode: 0o600 },
    );
  } catch {
    return;
  }
}

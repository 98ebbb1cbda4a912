import { suggest } from "../../src/config/suggest.ts";
import { done, type Ending, failed } from "../remote/reply.ts";
import { failureLine } from "../render/failure.ts";
import { helpLines } from "../render/help.ts";
import type { Session } from "../session.ts";
import { PLAIN_STYLE } from "../style.ts";
import type { Terminal } from "../terminal.ts";
import { type Arguments, parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { EXIT } from "./exit-status.ts";
import { formatOf } from "./output-format.ts";
import { type ParsedLine, parseLine, parseWords } from "./parse-line.ts";
import { Recorder } from "./recorder.ts";
import { usageError } from "./usage-error.ts";

export interface LineOutcome {
  readonly status: number;
  /** Whether it was the wish to leave. */
  readonly leaves: boolean;
}

/** Runs one line. Every failure ends as a line of text, or as a JSON document, and an exit status. */
export function runLine(text: string, session: Session): Promise<LineOutcome> {
  return run(text, parseLine(text), session);
}

/** Runs the words of the command line. */
export function runWords(words: readonly string[], session: Session): Promise<LineOutcome> {
  return run(words.join(" "), parseWords(words), session);
}

async function run(text: string, line: ParsedLine, session: Session): Promise<LineOutcome> {
  if (line.kind === "empty") return { status: EXIT.success, leaves: false };
  const command = line.kind === "command" ? await session.commands.find(line.name) : null;
  if (command === null || line.kind === "unknown") return { status: await refuseWord(text.trim(), session), leaves: false };
  const { given, problem } = parseArguments(command, line.argument, line.words);
  const format = formatOf(session.format, given.switches);
  const work = async (inner: Session): Promise<Ending> => {
    if (problem !== null) return usageError(inner.terminal, command, `Error: ${problem}`, EXIT.invalidArguments);
    if (given.switches.has("help")) return explain(command, inner);
    return runWithLogin(command, given, inner);
  };
  const style = format.plain || format.json ? async () => PLAIN_STYLE : session.style;
  const status = await runAs(command, work, { ...session, format, style }, given);
  return { status, leaves: command.leaves === true };
}

/** Runs a command so that its output takes the form that was asked for. @returns the exit status. */
async function runAs(
  command: Command,
  work: (session: Session) => Promise<Ending>,
  session: Session,
  given: Arguments,
): Promise<number> {
  const { format, terminal } = session;
  const isEndless = command.endless?.(given) === true;
  if (format.json && isEndless && command.streamsJson === true) {
    const recorder = new Recorder();
    const ending = await work({ ...session, interactive: false, terminal: { ...terminal, line: (text) => recorder.line(text) } });
    return statusOf(ending) === EXIT.success ? EXIT.success : printJson(command, ending, recorder, terminal);
  }
  if (format.json) {
    const recorder = new Recorder();
    const ending = isEndless
      ? failed(`${command.name} cannot go on as JSON`)
      : await work({ ...session, terminal: recorder, interactive: false });
    return printJson(command, ending, recorder, terminal);
  }
  if (format.quiet && command.acts === true) {
    const recorder = new Recorder();
    const ending = await work({ ...session, terminal: recorder });
    if (statusOf(ending) !== EXIT.success) recorder.replay(terminal);
    return tell(ending, session);
  }
  return tell(await work(session), session);
}

async function printJson(
  command: Pick<Command, "name">,
  ending: Ending,
  recorder: Recorder,
  terminal: Terminal,
): Promise<number> {
  const { jsonDocument } = await import("./json-document.ts");
  terminal.document(jsonDocument(command, ending, recorder));
  return statusOf(ending);
}

function tell(ending: Ending, { terminal }: Session): number {
  if (!ending.ok) terminal.line(failureLine(ending.failure));
  return statusOf(ending);
}

function statusOf(ending: Ending): number {
  return ending.ok ? ending.value : EXIT.generic;
}

function explain(command: Command, { terminal }: Session): Ending {
  for (const line of helpLines(command)) terminal.line(line);
  return done();
}

/** Says that there is no such command, and on a screen which one was probably meant. */
async function refuseWord(text: string, session: Session): Promise<number> {
  const refusal = `*** Unknown syntax: ${text}`;
  // Nobody knows the options of a command that does not exist, but this one is everybody's.
  if (session.format.json || text.split(/\s+/).includes("--json")) {
    const recorder = new Recorder();
    recorder.line(refusal);
    return printJson({ name: "" }, done(EXIT.generic), recorder, session.terminal);
  }
  session.terminal.line(refusal);
  const meant = suggest(text.split(/\s/, 1)[0] ?? "", session.commands.names);
  if (meant !== undefined && session.terminal.columns !== null) session.terminal.line(`did you mean ${meant}?`);
  return EXIT.generic;
}

/** Runs the command again for as long as the daemon wants another login. A script cannot be asked for one: it gets one more try. */
async function runWithLogin(command: Command, given: Arguments, session: Session): Promise<Ending> {
  for (;;) {
    const ending = await command.run(given, session);
    if (ending.ok || ending.failure.kind !== "http" || ending.failure.status !== 401) return ending;
    session.terminal.line("Server requires authentication");
    if (!session.interactive) return command.run(given, session);
    const username = await session.input.ask("Username:");
    if (username.kind !== "line") return failed("EOF when reading a line");
    const password = await session.input.ask("Password:", { secret: true });
    if (password.kind !== "line") return failed("EOF when reading a line");
    session.terminal.line("");
    session.server.access = { ...session.server.access, username: username.text, password: password.text };
  }
}

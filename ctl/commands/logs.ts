import { stripVTControlCharacters } from "node:util";
import { parseDuration } from "../../src/config/duration.ts";
import { followLogs, type LogPast } from "../follow/follow-logs.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { streamDocument } from "../line/json-document.ts";
import { usageError } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { logLines } from "../render/log-line.ts";
import { visible } from "../render/visible.ts";
import { selectProcesses } from "../select-processes.ts";
import type { Session } from "../session.ts";

const DEFAULT_LINES = 10;

/** Each stream is a connection to the daemon. */
const MAX_STREAMS = 200;

export const logs: Command = {
  name: "logs",
  summary: "Shows the logs of many processes together, line by line, each with the name of its process in front.",
  forms: [
    {
      usage: "logs [<name> ...]",
      does: `Show the last ${DEFAULT_LINES} lines of each process, or of these; web-* and web:* mean all that match`,
    },
    { usage: "logs -f [<name> ...]", does: "Go on showing what they write, until Ctrl-C" },
  ],
  options: [
    { name: "follow", short: "f", text: "go on showing what is written" },
    { name: "lines", short: "n", placeholder: "NUMBER", text: `how many lines of the past; ${DEFAULT_LINES} unless told` },
    { name: "since", placeholder: "TIME", text: "what was written in this time: 30s, 10m, 2h; or since one: 2026-11-26T09:30" },
    { name: "grep", short: "g", placeholder: "PATTERN", text: "only lines that match this regular expression" },
    { name: "stderr", text: "what they write on stderr" },
    { name: "all", text: "what they write on stdout and stderr" },
  ],
  completes: ["processes"],
  quoting: true,
  endless: ({ switches }) => switches.has("follow"),
  streamsJson: true,
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const { terminal, format } = session;
  const options = logOptions(given);
  if (!options.ok) return usageError(terminal, logs, `Error: ${options.problem}`, EXIT.invalidArguments);
  const { past, pattern, channels, follows } = options.value;
  const down = await upcheck(session);
  if (down !== null) return down;
  const reply = await (await session.supervisor()).getAllProcessInfo();
  if (!reply.ok) return reply;
  const { shown, unknown } = selectProcesses(given.words, reply.value);
  for (const name of unknown) terminal.complain(`${visible(name)}: ERROR (no such process)`);
  const names = shown.flatMap(({ group, name }) => channels.map((channel) => ({ group, name, channel })));
  if (names.length > MAX_STREAMS) {
    const problem = `${names.length} logs are too many at once, ${MAX_STREAMS} at most: name some`;
    return usageError(terminal, logs, `Error: ${problem}`, EXIT.invalidArguments);
  }
  const told: object[] = [];
  const rendered = logLines(names, await session.style());
  await followLogs(names, { past, follows }, session, (log, text) => {
    if (pattern?.test(stripVTControlCharacters(text)) === false) return;
    if (!format.json) terminal.styled(rendered(log, text));
    else if (follows) terminal.document(streamDocument("logs", { ...log, text }));
    else told.push({ ...log, text });
  });
  return done(unknown.length > 0 ? EXIT.statusUnknown : EXIT.success, { lines: told, unknown });
}

interface LogOptions {
  readonly past: LogPast;
  /** `null` for every line. */
  readonly pattern: RegExp | null;
  readonly channels: readonly string[];
  readonly follows: boolean;
}

function logOptions({ switches, values }: Arguments): { ok: true; value: LogOptions } | { ok: false; problem: string } {
  const lines = values.get("lines") ?? String(DEFAULT_LINES);
  if (!/^\d{1,9}$/.test(lines)) return { ok: false, problem: `no number of lines: ${lines}` };
  const since = values.get("since");
  const past = since === undefined ? { lines: Number(lines) } : pastSince(since);
  if (past === null) return { ok: false, problem: `no such time: ${since}` };
  const channels = switches.has("all") ? ["stdout", "stderr"] : [switches.has("stderr") ? "stderr" : "stdout"];
  const text = values.get("grep");
  try {
    const pattern = text === undefined ? null : new RegExp(text, "u");
    return { ok: true, value: { past, pattern, channels, follows: switches.has("follow") } };
  } catch (error) {
    return { ok: false, problem: `cannot read the pattern: ${(error as Error).message}` };
  }
}

/** `10m` counts back from now, by the daemon's clock; `2026-11-26T09:30` is a time of this place, unless it tells its zone. */
function pastSince(text: string): LogPast | null {
  const back = parseDuration(text);
  if (back !== undefined) return { since: -back / 1000 };
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text.replace(/^(\S+) (\d)/, "$1T$2")) : Number.NaN;
  return Number.isNaN(time) ? null : { since: time / 1000 };
}

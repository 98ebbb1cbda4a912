import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { followLogs } from "../follow-logs.ts";
import { visible } from "../render/visible.ts";
import { done, type Ending } from "../reply.ts";
import { selectProcesses } from "../select-processes.ts";
import type { Session } from "../session.ts";
import { upcheck } from "../upcheck.ts";
import { usageError } from "../usage-error.ts";

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

async function run({ words, switches, values }: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const lines = values.get("lines") ?? String(DEFAULT_LINES);
  const pattern = parsePattern(values.get("grep"));
  const mistake = !/^\d{1,9}$/.test(lines) ? `no number of lines: ${lines}` : typeof pattern === "string" ? pattern : null;
  if (mistake !== null || typeof pattern === "string")
    return usageError(terminal, logs, `Error: ${mistake}`, EXIT.invalidArguments);
  const down = await upcheck(session);
  if (down !== null) return down;
  const reply = await (await session.supervisor()).getAllProcessInfo();
  if (!reply.ok) return reply;
  const { shown, unknown } =
    words.length === 0 || words.includes("all") ? { shown: reply.value, unknown: [] } : selectProcesses(words, reply.value);
  for (const name of unknown) terminal.complain(`${visible(name)}: ERROR (no such process)`);
  const channels = switches.has("all") ? ["stdout", "stderr"] : [switches.has("stderr") ? "stderr" : "stdout"];
  const streams = shown.flatMap(({ group, name }) => channels.map((channel) => ({ group, name, channel })));
  if (streams.length > MAX_STREAMS) {
    return usageError(
      terminal,
      logs,
      `Error: ${streams.length} logs are too many at once, ${MAX_STREAMS} at most: name some`,
      EXIT.invalidArguments,
    );
  }
  await followLogs(streams, { lines: Number(lines), follows: switches.has("follow"), pattern }, session);
  return done(unknown.length > 0 ? EXIT.statusUnknown : EXIT.success);
}

function parsePattern(text: string | undefined): RegExp | null | string {
  if (text === undefined) return null;
  try {
    return new RegExp(text, "u");
  } catch (error) {
    return `cannot read the pattern: ${(error as Error).message}`;
  }
}

import { FAULT_CODES } from "../../src/model/fault.ts";
import { followLog } from "../follow/follow-log.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { printLog } from "../print-log.ts";
import { done, type Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { quoted } from "../render/quoted.ts";
import type { Session } from "../session.ts";
import { DEFAULT_TAIL_BYTES, parseByteCount } from "../tail-bytes.ts";

export const tail: Command = {
  name: "tail",
  summary: "Shows the end of a process's log, as it is, control characters included.",
  forms: [
    {
      usage: "tail <name> [stdout|stderr]",
      does: `Show the last ${DEFAULT_TAIL_BYTES} bytes of a process's output (stdout by default)`,
    },
    { usage: "tail -<bytes> <name> [stdout|stderr]", does: "Show so many bytes; -0 shows the whole log" },
    { usage: "tail -f <name> [stdout|stderr]", does: "Go on showing the output as it is written, until Ctrl-C" },
  ],
  completes: ["processes"],
  endless: ({ words }) => words[0] === "-f",
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const down = await upcheck(session);
  if (down !== null) return down;
  if (given.words.length === 0) return usageError(terminal, tail, "Error: too few arguments");
  if (given.words.length > 3) return usageError(terminal, tail, "Error: too many arguments");

  const modifier = given.words[0]?.startsWith("-") ? given.words[0] : null;
  const names = modifier === null ? given.words : given.words.slice(1);
  const name = names[0];
  if (name === undefined) return refuse(terminal, "Error: tail requires process name");
  const channel = names.length === 1 ? "stdout" : (names.at(-1) ?? "").toLowerCase();
  if (channel !== "stdout" && channel !== "stderr") return refuse(terminal, `Error: bad channel ${quoted(channel)}`);

  if (modifier === "-f") {
    await followLog(session, `/logtail/${name}/${channel}`);
    return done();
  }
  const bytes = modifier === null ? DEFAULT_TAIL_BYTES : parseByteCount(modifier.slice(1));
  if (bytes === null) return refuse(terminal, `Error: bad argument ${modifier}`);
  const daemon = await session.supervisor();
  const reply = await (channel === "stdout" ? daemon.readProcessStdoutLog : daemon.readProcessStderrLog)(name, -bytes, 0);
  return printLog(terminal, name, reply, [FAULT_CODES.NO_FILE, FAULT_CODES.FAILED, FAULT_CODES.BAD_NAME]);
}

import { FAULT_CODES } from "../../src/model/fault.ts";
import { followLog } from "../follow/follow-log.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { printLog } from "../print-log.ts";
import { done, type Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import type { Session } from "../session.ts";
import { DEFAULT_TAIL_BYTES, parseByteCount } from "../tail-bytes.ts";

export const maintail: Command = {
  name: "maintail",
  summary: "Shows the end of the daemon's own log.",
  forms: [
    { usage: "maintail", does: `Show the last ${DEFAULT_TAIL_BYTES} bytes of the daemon's log` },
    { usage: "maintail -<bytes>", does: "Show so many bytes; -0 shows the whole log" },
    { usage: "maintail -f", does: "Go on showing the log as it is written, until Ctrl-C" },
  ],
  completes: [],
  endless: ({ words }) => words[0] === "-f",
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const down = await upcheck(session);
  if (down !== null) return down;
  const [modifier, ...more] = given.words;
  if (more.length > 0) return usageError(terminal, maintail, "Error: too many arguments");
  if (modifier === "-f") {
    await followLog(session, "/mainlogtail");
    return done();
  }
  const bytes = modifier === undefined ? DEFAULT_TAIL_BYTES : parseModifier(modifier);
  if (bytes === null) return refuse(terminal, `Error: bad argument ${modifier}`);
  const reply = await (await session.supervisor()).readLog(-bytes, 0);
  return printLog(terminal, "supervisord", reply, [FAULT_CODES.NO_FILE, FAULT_CODES.FAILED]);
}

function parseModifier(modifier: string): number | null {
  return modifier.startsWith("-") ? parseByteCount(modifier.slice(1)) : null;
}

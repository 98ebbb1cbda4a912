import { type Arguments, NO_ARGUMENTS } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { refuse } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import type { Session } from "../session.ts";
import { status } from "./status.ts";

export const open: Command = {
  name: "open",
  summary: "Turns to another daemon, with the same username and password, and shows its status.",
  forms: [{ usage: "open <url>", does: "Talk to the daemon at http://host:port or unix:///path/of/socket" }],
  completes: [],
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  if (!/^(unix|http):/i.test(given.text)) return refuse(session.terminal, "ERROR: url must be http:// or unix://");
  session.server.access = { ...session.server.access, url: given.text };
  // What its processes do says nothing about whether it could be opened.
  const shown = await status.run(NO_ARGUMENTS, session);
  return shown.ok ? done() : shown;
}

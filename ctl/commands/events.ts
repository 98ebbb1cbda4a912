import { EVENT_TYPES } from "../../src/model/event.ts";
import { untilInterrupted } from "../interrupt.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { streamDocument } from "../line/json-document.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { followEvents } from "../remote/live-events.ts";
import { done, type Ending } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { eventLine } from "../render/event.ts";
import type { Session } from "../session.ts";

const TYPES: readonly string[] = Object.keys(EVENT_TYPES);

export const events: Command = {
  name: "events",
  summary: "Shows what happens in the daemon as it happens, until Ctrl-C. supervisord has no such stream.",
  forms: [{ usage: "events", does: "Show every change of a process, a group or the daemon, with its time" }],
  options: [
    {
      name: "types",
      placeholder: "TYPE[,TYPE]",
      values: TYPES,
      text: "only events of these types; a type stands for all below it",
    },
  ],
  completes: [],
  endless: () => true,
  streamsJson: true,
  run,
};

async function run({ values }: Arguments, session: Session): Promise<Ending> {
  const { terminal, format, server } = session;
  const types = values.get("types")?.split(",") ?? null;
  const unknown = types?.find((type) => !TYPES.includes(type));
  if (unknown !== undefined) {
    const known = `there are ${TYPES.join(", ")}`;
    return usageError(terminal, events, `Error: no such type of event: ${unknown}; ${known}`, EXIT.invalidArguments);
  }
  const down = await upcheck(session);
  if (down !== null) return down;
  const style = await session.style();
  const ended = await untilInterrupted((interrupted) =>
    followEvents(server.access, types, interrupted, ({ type, data }) => {
      if (type === "hello") return;
      if (format.json) terminal.document(streamDocument("events", data));
      else terminal.styled(eventLine(type, data, style));
    }),
  );
  if (!ended.ok) return ended;
  return ended.value ? done(EXIT.success) : refuse(terminal, "ERROR: this daemon has no stream of events");
}

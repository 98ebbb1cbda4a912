import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { untilInterrupted } from "../interrupt.ts";
import { DOCUMENT_VERSION } from "../json-document.ts";
import { followEvents } from "../live-events.ts";
import { eventLine } from "../render/event.ts";
import { done, type Ending } from "../reply.ts";
import type { Session } from "../session.ts";
import { upcheck } from "../upcheck.ts";
import { refuse } from "../usage-error.ts";

export const events: Command = {
  name: "events",
  summary: "Shows what happens in the daemon as it happens, until Ctrl-C. supervisord has no such stream.",
  forms: [{ usage: "events", does: "Show every change of a process, a group or the daemon, with its time" }],
  options: [
    {
      name: "types",
      placeholder: "TYPE[,TYPE]",
      values: [
        "PROCESS_STATE",
        "PROCESS_GROUP",
        "PROCESS_LOG",
        "PROCESS_COMMUNICATION",
        "SUPERVISOR_STATE_CHANGE",
        "REMOTE_COMMUNICATION",
      ],
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
  const down = await upcheck(session);
  if (down !== null) return down;
  const style = await session.style();
  const types = values.get("types")?.split(",") ?? null;
  const ended = await untilInterrupted((interrupted) =>
    followEvents(server.access, types, interrupted, ({ type, data }) => {
      if (type === "hello") return;
      if (format.json) terminal.document({ taskmasterctl: DOCUMENT_VERSION, command: "events", data });
      else terminal.styled(eventLine(type, data, style));
    }),
  );
  if (!ended.ok) return ended;
  return ended.value ? done(EXIT.success) : refuse(terminal, "ERROR: this daemon has no stream of events");
}

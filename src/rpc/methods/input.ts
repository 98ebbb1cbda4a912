import { fail, succeed } from "../../model/fault.ts";
import { defineMethod, type Method } from "../method.ts";
import { anyParameter, nameParameter } from "../parameter.ts";
import { pythonText } from "../python-text.ts";
import { resolveProcess } from "../resolve.ts";

/** What goes from a client to a process or to the event listeners. */
export const inputMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.sendProcessStdin",
    gated: true,
    help:
      "Writes text to the standard input of a process, as UTF-8. What its pipe does not take at once is written when it does. Fault " +
      "INCORRECT_PARAMETERS when the text is no string, BAD_NAME when there is no such process, NOT_RUNNING when it has no child, " +
      "NO_FILE when the child closed its standard input.",
    parameters: [nameParameter("name", "the process: name, or group:name"), anyParameter("chars", "the text to write")],
    result: { type: "boolean", text: "always true unless there is a fault" },
    run({ supervisor, output }, [name, chars]) {
      if (typeof chars !== "string") return fail("INCORRECT_PARAMETERS", chars === null ? undefined : pythonText(chars));
      const process = resolveProcess(supervisor, name);
      if (!process.ok) return process;
      if (process.value.pid === 0 || process.value.state === "STOPPING") return fail("NOT_RUNNING", name);
      const written = output.writeStdin(process.value.id, Buffer.from(chars, "utf8"));
      return written.ok ? written : fail(written.fault.name, name);
    },
  }),
  defineMethod({
    name: "supervisor.sendRemoteCommEvent",
    gated: false,
    help: "Sends a REMOTE_COMMUNICATION event to the event listeners that have subscribed to it.",
    parameters: [anyParameter("type", "the type that the event carries"), anyParameter("data", "the body of the event")],
    result: { type: "boolean", text: "always true" },
    run({ events }, [type, data]) {
      events.remoteCommunication(pythonText(type), pythonText(data));
      return succeed(true);
    },
  }),
];

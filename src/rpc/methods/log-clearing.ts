import { type Result, succeed } from "../../model/fault.ts";
import { formatNamespec } from "../../model/namespec.ts";
import type { ProcessView } from "../../runtime/control.ts";
import type { RpcContext } from "../context.ts";
import { defineMethod, type Method } from "../method.ts";
import { outcomeStructs } from "../outcome.ts";
import { nameParameter } from "../parameter.ts";
import { inPriorityOrder } from "../process-list.ts";
import { resolveProcess } from "../resolve.ts";

/** Starting logs anew. Backups that a rotation made are left alone. */
export const logClearingMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.clearLog",
    gated: true,
    help: "Deletes the daemon's own log and starts a new one. Fault NO_FILE when there is none, FAILED when it cannot be deleted.",
    parameters: [],
    result: { type: "boolean", text: "always true unless there is a fault" },
    run: ({ activityLog }) => activityLog.clear(),
  }),
  defineMethod({
    name: "supervisor.clearProcessLogs",
    aliases: ["supervisor.clearProcessLog"],
    gated: true,
    help:
      "Deletes the logs of a process and starts new ones. The logs of a process that does not run are left as they are, which is no " +
      "fault. Fault BAD_NAME when there is no process of that name, FAILED when a log cannot be deleted.",
    parameters: [nameParameter("name", "the process: name, or group:name")],
    result: { type: "boolean", text: "always true unless there is a fault" },
    run(context, [name]) {
      const process = resolveProcess(context.supervisor, name);
      return process.ok ? clearLogs(context, process.value, name) : process;
    },
  }),
  defineMethod({
    name: "supervisor.clearAllProcessLogs",
    gated: true,
    help: "Does for every process what clearProcessLogs does for one.",
    parameters: [],
    result: { type: "array", text: "a struct of name, group, status and description for each process" },
    run(context) {
      const processes = inPriorityOrder(context.supervisor.groups());
      return succeed(
        outcomeStructs(
          processes.map((process) => {
            const { group, name } = process.config;
            return { group, process: name, result: clearLogs(context, process, formatNamespec(group, name)) };
          }),
        ),
      );
    },
  }),
];

/** The fault names the process, not the file: which of its logs it was is in the daemon's log. */
function clearLogs(context: RpcContext, process: ProcessView, name: string): Result<true> {
  const cleared = context.output.clearLogs(process.id);
  return cleared.ok ? cleared : { ok: false, fault: { name: cleared.fault.name, detail: name } };
}

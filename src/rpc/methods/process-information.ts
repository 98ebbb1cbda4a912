import { succeed } from "../../model/fault.ts";
import { defineMethod, type Method } from "../method.ts";
import { nameParameter } from "../parameter.ts";
import { processInfo } from "../process-info.ts";
import { inNameOrder } from "../process-list.ts";
import { resolveProcess } from "../resolve.ts";

/** How the processes are. */
export const processInformationMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.getProcessInfo",
    gated: true,
    help: "Tells how a process is. Fault BAD_NAME when there is none of that name.",
    parameters: [nameParameter("name", "the process: name, or group:name")],
    result: { type: "struct", text: "what is known about the process" },
    run(context, [name]) {
      const process = resolveProcess(context.supervisor, name);
      return process.ok ? succeed(processInfo(context, process.value)) : process;
    },
  }),
  defineMethod({
    name: "supervisor.getAllProcessInfo",
    gated: true,
    help: "Tells how every active process is.",
    parameters: [],
    result: { type: "array", text: "a struct for each process, as getProcessInfo answers it, ordered by group and name" },
    run(context) {
      return succeed(inNameOrder(context.supervisor.groups()).map((process) => processInfo(context, process)));
    },
  }),
];

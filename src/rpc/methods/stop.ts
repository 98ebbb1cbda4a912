import { succeed } from "../../model/fault.ts";
import { defineMethod, type Method } from "../method.ts";
import { answerOutcomes, outcomeStructs } from "../outcome.ts";
import { flagParameter, nameParameter } from "../parameter.ts";
import { resolveGroup, resolveTarget } from "../resolve.ts";

const wait = flagParameter("wait", "whether to answer only once each process is at rest", true);

/** Stopping what is up. */
export const stopMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.stopProcess",
    gated: true,
    help:
      "Stops a process with its stop signal, and by force when it does not obey in time. Fault BAD_NAME when there is none of that " +
      "name, NOT_RUNNING when it is not up. For group:* it acts as stopProcessGroup.",
    parameters: [nameParameter("name", "the process: name, group:name, or group:* for the whole group"), wait],
    result: { type: "boolean", text: "always true unless there is a fault" },
    async run({ supervisor }, [name, waits]) {
      const target = resolveTarget(supervisor, name);
      if (!target.ok) return target;
      return answerOutcomes(target.value, await supervisor.stop(target.value, waits), name);
    },
  }),
  defineMethod({
    name: "supervisor.stopProcessGroup",
    gated: true,
    help: "Stops the processes of a group that are up, all at once. Fault BAD_NAME when there is no such group.",
    parameters: [nameParameter("name", "the name of the group"), wait],
    result: { type: "array", text: "a struct of name, group, status and description for each process that was stopped" },
    async run({ supervisor }, [name, waits]) {
      const group = resolveGroup(supervisor, name);
      if (!group.ok) return group;
      return succeed(outcomeStructs(await supervisor.stop(group.value, waits)));
    },
  }),
  defineMethod({
    name: "supervisor.stopAllProcesses",
    gated: true,
    help: "Stops every process that is up, all at once.",
    parameters: [wait],
    result: { type: "array", text: "a struct of name, group, status and description for each process that was stopped" },
    run: async ({ supervisor }, [waits]) => succeed(outcomeStructs(await supervisor.stop({ kind: "all" }, waits))),
  }),
];

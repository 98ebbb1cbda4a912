import { succeed } from "../../model/fault.ts";
import { defineMethod, type Method } from "../method.ts";
import { answerOutcomes, outcomeStructs } from "../outcome.ts";
import { flagParameter, nameParameter } from "../parameter.ts";
import { resolveGroup, resolveTarget } from "../resolve.ts";

const wait = flagParameter("wait", "whether to answer only once each process is up or has failed its first try", true);

/** Starting what is not up. */
export const startMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.startProcess",
    gated: true,
    help:
      "Starts a process. Fault BAD_NAME when there is none of that name, NO_FILE or NOT_EXECUTABLE when its command cannot be run, " +
      "ALREADY_STARTED when it is up, SPAWN_ERROR when it could not be started or ended too soon, ABNORMAL_TERMINATION when it came " +
      "to rest while it was waited for. For group:* it acts as startProcessGroup.",
    parameters: [nameParameter("name", "the process: name, group:name, or group:* for the whole group"), wait],
    result: { type: "boolean", text: "always true unless there is a fault" },
    async run({ supervisor }, [name, waits]) {
      const target = resolveTarget(supervisor, name);
      if (!target.ok) return target;
      return answerOutcomes(target.value, await supervisor.start(target.value, waits), name);
    },
  }),
  defineMethod({
    name: "supervisor.startProcessGroup",
    gated: true,
    help: "Starts the processes of a group that are not up, in order of priority. Fault BAD_NAME when there is no such group.",
    parameters: [nameParameter("name", "the name of the group"), wait],
    result: { type: "array", text: "a struct of name, group, status and description for each process that was started" },
    async run({ supervisor }, [name, waits]) {
      const group = resolveGroup(supervisor, name);
      if (!group.ok) return group;
      return succeed(outcomeStructs(await supervisor.start(group.value, waits)));
    },
  }),
  defineMethod({
    name: "supervisor.startAllProcesses",
    gated: true,
    help: "Starts every process that is not up, in order of priority.",
    parameters: [wait],
    result: { type: "array", text: "a struct of name, group, status and description for each process that was started" },
    run: async ({ supervisor }, [waits]) => succeed(outcomeStructs(await supervisor.start({ kind: "all" }, waits))),
  }),
];

import { succeed } from "../../model/fault.ts";
import { configInfo } from "../config-info.ts";
import { defineMethod, type Method } from "../method.ts";
import { naming } from "../outcome.ts";
import { nameParameter } from "../parameter.ts";
import { compareText } from "../process-list.ts";

/** The configuration files and the groups that are made of them. */
export const configurationMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.reloadConfig",
    gated: true,
    help:
      "Reads the configuration files again and compares them with the groups that are active. Nothing is started or stopped. " +
      "Fault CANT_REREAD tells what is wrong with the files.",
    parameters: [],
    result: { type: "array", text: "one array of three arrays of group names: [[added, changed, removed]]" },
    run({ configuration }) {
      const difference = configuration.reread();
      if (!difference.ok) return difference;
      const { added, changed, removed } = difference.value;
      return succeed([[added, changed, removed]]);
    },
  }),
  defineMethod({
    name: "supervisor.addProcessGroup",
    gated: true,
    help:
      "Makes a group of the configuration read last an active one; its processes with autostart are started. Fault BAD_NAME when " +
      "the configuration has no such group, ALREADY_ADDED when it is active.",
    parameters: [nameParameter("name", "the name of the group")],
    result: { type: "boolean", text: "always true unless there is a fault" },
    run: ({ configuration }, [name]) => naming(configuration.addGroup(name), name),
  }),
  defineMethod({
    name: "supervisor.removeProcessGroup",
    gated: true,
    help:
      "Removes an active group whose processes are all at rest. Fault BAD_NAME when there is no such group, STILL_RUNNING when one of " +
      "its processes is up or on its way.",
    parameters: [nameParameter("name", "the name of the group")],
    result: { type: "boolean", text: "always true unless there is a fault" },
    run: ({ supervisor }, [name]) => naming(supervisor.removeGroup(name), name),
  }),
  defineMethod({
    name: "supervisor.getAllConfigInfo",
    gated: true,
    help: "Tells how every process is configured, active or not, by the configuration read last.",
    parameters: [],
    result: { type: "array", text: "a struct for each process, ordered by process name" },
    run(context) {
      const processes = context.configuration.processes().toSorted((a, b) => compareText(a.process.name, b.process.name));
      return succeed(processes.map(({ process, groupPriority }) => configInfo(context, process, groupPriority)));
    },
  }),
];

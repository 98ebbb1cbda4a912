import { succeed } from "../../model/fault.ts";
import { defineMethod, type Method } from "../method.ts";
import { namesParameter } from "../parameter.ts";
import { configurationChangeMethods } from "./configuration-change.ts";
import { processFactMethods } from "./process-facts.ts";
import { programChangeMethods } from "./program-changes.ts";

/** This daemon's own additions to the interface; they live in a namespace of their own. */
export const taskmasterMethods: readonly Method[] = [
  ...processFactMethods,
  ...configurationChangeMethods,
  ...programChangeMethods,
  defineMethod({
    name: "taskmaster.update",
    gated: true,
    help:
      "Reads the configuration files again and makes the difference real: groups are added, changed and removed, and processes that " +
      "do not differ are not touched. The answer comes when what had to stop has stopped. Fault CANT_REREAD when the files are wrong, " +
      "and then nothing is changed; BAD_NAME when a group is named that is neither active nor configured.",
    parameters: [namesParameter("groups", "the names of the groups to update; none for all")],
    result: {
      type: "array",
      text: "a struct of string group, string change (added, changed, removed) and int stopped for each group",
    },
    async run({ configuration }, [groups]) {
      const updates = await configuration.update(groups);
      if (!updates.ok) return updates;
      return succeed(updates.value.map(({ group, change, stopped }) => ({ group, change, stopped })));
    },
  }),
];

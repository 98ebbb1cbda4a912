import { succeed } from "../../model/fault.ts";
import { defineMethod, type Method } from "../method.ts";
import { nameParameter, numberParameter } from "../parameter.ts";

/** Changes of a program beside its configuration, which hold until that says otherwise. */
export const programChangeMethods: readonly Method[] = [
  defineMethod({
    name: "taskmaster.setUser",
    gated: true,
    help:
      "Lets the processes of a program run as another user from their next start on; those that run go on as whom they are. It holds until " +
      "the configuration names another user than it does now, or the daemon ends. Fault BAD_NAME for a program that is not active, FAILED " +
      "when there is no such user or the daemon does not run as root.",
    parameters: [
      nameParameter("program", "the program's name"),
      nameParameter("user", "the user's name or number; empty for what the configuration says"),
    ],
    result: { type: "struct", text: "user and before, names of users; empty for that of the daemon" },
    run({ configuration }, [program, user]) {
      const changed = configuration.setUser(program, user === "" ? null : user);
      return changed.ok ? succeed({ ...changed.value }) : changed;
    },
  }),
  defineMethod({
    name: "taskmaster.scale",
    gated: true,
    help:
      "Gives a program another number of processes: new ones start, those that are too many are stopped and go, and no other is touched. It " +
      "holds until the configuration says another numprocs than it does now, or the daemon ends. The answer comes when what had to stop has " +
      "stopped. Fault BAD_NAME for a program that is not active, CANT_REREAD when the files are wrong or the processes would have one name, " +
      "FAILED for a number that is none.",
    parameters: [nameParameter("program", "the program's name"), numberParameter("numprocs", "how many processes it is to have")],
    result: { type: "struct", text: "processes and before, numbers; added and removed, names" },
    async run({ configuration }, [program, count]) {
      const scaled = await configuration.scale(program, count);
      if (!scaled.ok) return scaled;
      const { processes, before, added, removed } = scaled.value;
      return succeed({ processes, before, added: [...added], removed: [...removed] });
    },
  }),
];

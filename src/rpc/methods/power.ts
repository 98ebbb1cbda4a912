import { succeed } from "../../model/fault.ts";
import { defineMethod, type Method } from "../method.ts";

/** The end of the daemon, for good or for a new start. */
export const powerMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.shutdown",
    gated: true,
    help: "Stops every process and then the daemon. The answer comes at once; it does not wait for the stop.",
    parameters: [],
    result: { type: "boolean", text: "always true" },
    run({ supervisor }) {
      supervisor.shutdown();
      return succeed(true);
    },
  }),
  defineMethod({
    name: "supervisor.restart",
    gated: true,
    help: "Stops every process, reads the configuration anew and starts again with the same process id. The answer comes at once.",
    parameters: [],
    result: { type: "boolean", text: "always true" },
    run({ supervisor }) {
      supervisor.restart();
      return succeed(true);
    },
  }),
];

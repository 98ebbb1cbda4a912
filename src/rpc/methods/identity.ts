import { succeed } from "../../model/fault.ts";
import { SUPERVISOR_STATE_CODES } from "../../model/supervisor-state.ts";
import { defineMethod, type Method } from "../method.ts";

/** Of the interface, not of the daemon; clients refuse to talk to any other. */
const API_VERSION = "3.0";

/** What the daemon says about itself. */
export const identityMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.getAPIVersion",
    aliases: ["supervisor.getVersion"],
    gated: true,
    help: "Tells the version of this interface.",
    parameters: [],
    result: { type: "string", text: "the version of the interface" },
    run: () => succeed(API_VERSION),
  }),
  defineMethod({
    name: "supervisor.getSupervisorVersion",
    gated: true,
    help: "Tells the version of the daemon's software.",
    parameters: [],
    result: { type: "string", text: "the version of the software" },
    run: (context) => succeed(context.daemon.version),
  }),
  defineMethod({
    name: "supervisor.getIdentification",
    gated: true,
    help: "Tells the name that the configuration gives to this daemon, by which clients of several can tell them apart.",
    parameters: [],
    result: { type: "string", text: "the identifier" },
    run: (context) => succeed(context.daemon.identifier),
  }),
  defineMethod({
    name: "supervisor.getState",
    gated: true,
    help: "Tells what the daemon is doing. As a daemon on its way out answers SHUTDOWN_STATE to this, the state is RUNNING.",
    parameters: [],
    result: { type: "struct", text: "the members int statecode and string statename" },
    run({ supervisor }) {
      return succeed({ statecode: SUPERVISOR_STATE_CODES[supervisor.state], statename: supervisor.state });
    },
  }),
  defineMethod({
    name: "supervisor.getPID",
    gated: true,
    help: "Tells the process id of the daemon.",
    parameters: [],
    result: { type: "int", text: "the process id" },
    run: (context) => succeed(context.daemon.pid),
  }),
];

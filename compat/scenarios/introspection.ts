import { scenario, type World } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { call, hidingNumbers } from "../steps/call.ts";

/** Every method of the interface. */
const METHODS = [
  "supervisor.addProcessGroup",
  "supervisor.clearAllProcessLogs",
  "supervisor.clearLog",
  "supervisor.clearProcessLog",
  "supervisor.clearProcessLogs",
  "supervisor.getAPIVersion",
  "supervisor.getAllConfigInfo",
  "supervisor.getAllProcessInfo",
  "supervisor.getIdentification",
  "supervisor.getPID",
  "supervisor.getProcessInfo",
  "supervisor.getState",
  "supervisor.getSupervisorVersion",
  "supervisor.getVersion",
  "supervisor.readLog",
  "supervisor.readMainLog",
  "supervisor.readProcessLog",
  "supervisor.readProcessStderrLog",
  "supervisor.readProcessStdoutLog",
  "supervisor.reloadConfig",
  "supervisor.removeProcessGroup",
  "supervisor.restart",
  "supervisor.sendProcessStdin",
  "supervisor.sendRemoteCommEvent",
  "supervisor.shutdown",
  "supervisor.signalAllProcesses",
  "supervisor.signalProcess",
  "supervisor.signalProcessGroup",
  "supervisor.startAllProcesses",
  "supervisor.startProcess",
  "supervisor.startProcessGroup",
  "supervisor.stopAllProcesses",
  "supervisor.stopProcess",
  "supervisor.stopProcessGroup",
  "supervisor.tailProcessLog",
  "supervisor.tailProcessStderrLog",
  "supervisor.tailProcessStdoutLog",
  "system.listMethods",
  "system.methodHelp",
  "system.methodSignature",
  "system.multicall",
] as const;

/** More than any method takes. */
const TOO_MANY = ["a", "b", "c", "d", "e", "f"] as const;

const TAKE_NOTHING = new Set<string>([
  "supervisor.clearAllProcessLogs",
  "supervisor.clearLog",
  "supervisor.getAPIVersion",
  "supervisor.getAllConfigInfo",
  "supervisor.getAllProcessInfo",
  "supervisor.getIdentification",
  "supervisor.getPID",
  "supervisor.getState",
  "supervisor.getSupervisorVersion",
  "supervisor.getVersion",
  "supervisor.reloadConfig",
  "supervisor.restart",
  "supervisor.shutdown",
  "supervisor.startAllProcesses",
  "supervisor.stopAllProcesses",
  "system.listMethods",
]);

/** What the interface tells of itself and of the daemon. */
export const introspection: World = {
  name: "introspection",
  configuration: "[program:cat]\ncommand=/bin/cat\nautostart=false\n",
  scenarios: [
    scenario("the daemon's version", call("getSupervisorVersion")),
    scenario("the interface's version", call("getAPIVersion"), call("getVersion")),
    scenario("the daemon's name", call("getIdentification")),
    scenario("the daemon's state", call("getState")),
    scenario("the daemon's pid", hidingNumbers(call("getPID"))),
    scenario(
      "the list of the methods",
      differs("own methods", (own) => own.replaceAll(/^'taskmaster\..*\n/gm, ""), call("system.listMethods")),
    ),
    scenario("help for what does not exist", call("system.methodHelp", "supervisor.nope"), call("system.methodHelp", "")),
    scenario("the signature of what does not exist", call("system.methodSignature", "supervisor.nope")),
    scenario("the signatures of all methods", ...METHODS.map((method) => call("system.methodSignature", method))),
    ...METHODS.map((method) =>
      scenario(
        `a wrong number of arguments for ${method}`,
        call(method, ...TOO_MANY),
        ...(TAKE_NOTHING.has(method) ? [] : [call(method)]),
      ),
    ),
    scenario(
      "a method that does not exist",
      ...[
        "supervisor.nope",
        "nope.getState",
        "getState",
        "supervisor.",
        ".getState",
        "supervisor.getState.x",
        "",
        "supervisor._update",
      ].map((name) =>
        call(name.includes(".") ? name : `system.multicall`, ...(name.includes(".") ? [] : [[{ methodName: name }]])),
      ),
    ),
    scenario("a method's name in another case", call("supervisor.getstate"), call("Supervisor.getState")),
  ],
};

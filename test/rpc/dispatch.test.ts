import { describe, expect, it } from "vitest";
import { dispatch } from "../../src/rpc/dispatch.ts";
import { taskmasterMethods } from "../../src/rpc/methods/taskmaster.ts";
import { METHODS as ALL_METHODS, methodTable } from "../../src/rpc/table.ts";
import { aGroup } from "../support/build-config.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

const daemon = () => new FakeDaemon([aGroup("cat")]);

describe("a method that does not exist", () => {
  it.each([
    "",
    "getPID",
    "supervisor",
    "supervisor.",
    ".getPID",
    "supervisor.nope",
    "supervisor.getpid",
    "Supervisor.getPID",
    " supervisor.getPID ",
    "supervisor._getAllProcesses",
    "supervisor.supervisord.options",
    "supervisor.constructor",
    "__proto__.toString",
    "other.getPID",
  ])("%j is UNKNOWN_METHOD", async (name) => {
    expect(await call(daemon(), name)).toBe("fault UNKNOWN_METHOD");
  });
});

describe("the number of arguments", () => {
  it.each([
    ["supervisor.getPID", [1]],
    ["supervisor.startProcess", []],
    ["supervisor.startProcess", ["cat", true, "more"]],
    ["supervisor.startAllProcesses", [true, true]],
    ["supervisor.signalProcess", ["cat"]],
    ["supervisor.readLog", [0]],
    ["supervisor.sendProcessStdin", ["cat"]],
    ["system.methodHelp", []],
    ["system.multicall", []],
    ["taskmaster.update", [[], []]],
  ])("%s %j is INCORRECT_PARAMETERS", async (name, args) => {
    expect(await call(daemon(), name, ...args)).toBe("fault INCORRECT_PARAMETERS");
  });
});

describe("a daemon that is leaving", () => {
  const gated = ALL_METHODS.filter((method) => method.gated);

  it.each(gated.map((method) => method.name))("refuses %s before anything else about it", async (name) => {
    for (const state of ["SHUTDOWN", "RESTARTING"] as const) {
      const leaving = daemon();
      leaving.supervisor.state = state;
      const parameters = gated.find((method) => method.name === name)?.parameters ?? [];
      // An array is a wrong argument for most parameters.
      expect(await call(leaving, name, ...parameters.map(() => []))).toBe("fault SHUTDOWN_STATE");
      expect(leaving.supervisor.asked).toEqual([]);
    }
  });

  it("refuses the aliases too", async () => {
    const leaving = daemon();
    leaving.supervisor.state = "SHUTDOWN";
    expect(await call(leaving, "supervisor.getVersion")).toBe("fault SHUTDOWN_STATE");
  });

  it("still tells of unknown methods and wrong numbers of arguments first", async () => {
    const leaving = daemon();
    leaving.supervisor.state = "SHUTDOWN";
    expect(await call(leaving, "supervisor.nope")).toBe("fault UNKNOWN_METHOD");
    expect(await call(leaving, "supervisor.getPID", 1)).toBe("fault INCORRECT_PARAMETERS");
  });

  it("still serves system.* and the events of clients", async () => {
    const leaving = daemon();
    leaving.supervisor.state = "RESTARTING";
    expect(await call(leaving, "system.methodSignature", "supervisor.getPID")).toEqual(["int"]);
    expect(await call(leaving, "supervisor.sendRemoteCommEvent", "type", "data")).toBe(true);
    expect(await call(leaving, "system.multicall", [{ methodName: "supervisor.getPID" }])).toEqual([
      { faultCode: 6, faultString: "SHUTDOWN_STATE" },
    ]);
  });

  it("is not one whose state is FATAL", async () => {
    const fatal = daemon();
    fatal.supervisor.state = "FATAL";
    expect(await call(fatal, "supervisor.getState")).toEqual({ statecode: 2, statename: "FATAL" });
  });
});

describe("a configuration without the supervisor interface", () => {
  const methods = methodTable({ supervisorInterface: false });

  it("leaves every supervisor method unknown, and serves the rest", async () => {
    for (const name of ["supervisor.getPID", "supervisor.getVersion", "supervisor.startProcess"]) {
      expect(await dispatch(methods, daemon(), name, [])).toEqual({ ok: false, fault: { name: "UNKNOWN_METHOD" } });
    }
    const own = taskmasterMethods.map(({ name }) => name).sort();
    expect(await dispatch(methods, daemon(), "system.listMethods", [])).toEqual({
      ok: true,
      value: ["system.listMethods", "system.methodHelp", "system.methodSignature", "system.multicall", ...own],
    });
  });
});

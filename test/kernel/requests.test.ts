import { describe, expect, it } from "vitest";
import { processId } from "../../src/model/namespec.ts";
import { millis } from "../../src/model/time.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { KernelDriver, one } from "./kernel-driver.ts";

const lazy = { autostart: false } as const;

describe("a start request", () => {
  it("is answered when the process is RUNNING", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", lazy)])]).run();
    const request = kernel.start(one("web"));
    expect(kernel.outcomes(request)).toBeUndefined();
    kernel.advance(1000);
    expect(kernel.outcomes(request)).toEqual(["web OK"]);
  });

  it("is answered as soon as there is a child when nobody waits", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", lazy)])]).run();
    expect(kernel.outcomes(kernel.start(one("web"), false))).toEqual(["web OK"]);
  });

  it("fails with SPAWN_ERROR after the first try, while retries go on", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", lazy)])]).run();
    const request = kernel.start(one("web"));
    kernel.exit("web", 1);
    expect(kernel.outcomes(request)).toEqual(["web SPAWN_ERROR"]);
    kernel.advance(1000);
    expect(kernel.stateOf("web")).toBe("STARTING");
  });

  it("fails with ABNORMAL_TERMINATION when someone stops the process meanwhile", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", lazy)])]).run();
    const request = kernel.start(one("web"));
    kernel.stop(one("web"));
    expect(kernel.outcomes(request)).toEqual(["web ABNORMAL_TERMINATION"]);
  });

  it("is refused for what is up already, and for names that do not exist", () => {
    const kernel = new KernelDriver([aGroup("web")]).run();
    expect(kernel.outcomes(kernel.start(one("web")))).toEqual(["web ALREADY_STARTED"]);
    expect(kernel.outcomes(kernel.start(one("nobody")))).toEqual(["nobody BAD_NAME"]);
  });

  it("does nothing to a process that is being stopped", () => {
    const kernel = new KernelDriver([aGroup("web")]).run();
    kernel.stop(one("web"));
    expect(kernel.outcomes(kernel.start(one("web"), false))).toEqual(["web OK"]);
    expect(kernel.outcomes(kernel.start(one("web"), true))).toEqual(["web ABNORMAL_TERMINATION"]);
    expect(kernel.logLines()).toContain("warn process 'web' already running");
  });

  it("tells all outcomes in start order when nobody waits", () => {
    const processes = ["first", "gone", "last"].map((name, index) => aProcess(name, { ...lazy, priority: index }));
    const kernel = new KernelDriver([aGroup("g", processes)]).run();
    const refused = new Map([[processId("g", "gone"), { name: "NO_FILE" as const, detail: "can't find command 'gone'" }]]);
    kernel.input({ kind: "start", request: 77, target: { kind: "group", group: "g" }, wait: false, refused });
    expect(kernel.outcomes(77)).toEqual(["first OK", "gone NO_FILE", "last OK"]);
  });

  it("tells immediate outcomes first, then the others as they finish", () => {
    const slow = { ...lazy, startMillis: millis(5000), priority: 1 };
    const quick = { ...lazy, startMillis: millis(1000), priority: 2 };
    const group = aGroup("g", [aProcess("slow", slow), aProcess("quick", quick), aProcess("gone", { ...lazy, priority: 3 })]);
    const kernel = new KernelDriver([group]).run();
    const refused = new Map([[processId("g", "gone"), { name: "NO_FILE" as const, detail: "can't find command 'gone'" }]]);
    kernel.input({ kind: "start", request: 77, target: { kind: "group", group: "g" }, wait: true, refused });
    kernel.advance(5000);
    expect(kernel.outcomes(77)).toEqual(["gone NO_FILE", "quick OK", "slow OK"]);
  });

  it("leaves processes that are up out of a group's outcomes", () => {
    const kernel = new KernelDriver([aGroup("g", [aProcess("up"), aProcess("down", lazy)])]).run();
    const request = kernel.start({ kind: "group", group: "g" }, false);
    expect(kernel.outcomes(request)).toEqual(["down OK"]);
    expect(kernel.outcomes(kernel.start({ kind: "group", group: "g" }))).toEqual([]);
  });
});

describe("a stop request", () => {
  it("is refused for what is not up", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", lazy)])]).run();
    expect(kernel.outcomes(kernel.stop(one("web")))).toEqual(["web NOT_RUNNING"]);
  });

  it("is refused while the process is being stopped already", () => {
    const kernel = new KernelDriver([aGroup("web")]).run();
    kernel.stop(one("web"));
    expect(kernel.outcomes(kernel.stop(one("web")))).toEqual(["web NOT_RUNNING"]);
  });
});

describe("the order of group operations", () => {
  const groups = [
    aGroup("late", [aProcess("l2", { priority: 2 }), aProcess("l1", { priority: 1 })], 20),
    aGroup("early", [aProcess("e2", { priority: 2 }), aProcess("e1", { priority: 1 })], 10),
  ];

  it("boots by group priority and config order", () => {
    expect(new KernelDriver(groups).run().takeStates()).toEqual(["e2 STARTING", "e1 STARTING", "l2 STARTING", "l1 STARTING"]);
  });

  it("starts and stops by group and process priority, ascending", () => {
    const kernel = new KernelDriver(groups).run();
    kernel.takeStates();
    kernel.stop({ kind: "all" });
    expect(kernel.takeStates()).toEqual(["e1 STOPPING", "e2 STOPPING", "l1 STOPPING", "l2 STOPPING"]);
    for (const name of ["early:e1", "early:e2", "late:l1", "late:l2"]) kernel.exit(name);
    kernel.takeStates();
    kernel.start({ kind: "all" });
    expect(kernel.takeStates()).toEqual(["e1 STARTING", "e2 STARTING", "l1 STARTING", "l2 STARTING"]);
  });

  it("shuts down group after group by descending priority, each one's processes together", () => {
    const kernel = new KernelDriver(groups).run();
    kernel.takeStates();
    kernel.input({ kind: "leave", mode: "SHUTDOWN" });
    expect(kernel.logLines()).toEqual(["info waiting for l2, l1, e2, e1 to die"]);
    expect(kernel.takeStates()).toEqual(["l2 STOPPING", "l1 STOPPING"]);
    kernel.exit("late:l1");
    expect(kernel.takeStates()).toEqual(["l1 STOPPED"]);
    kernel.exit("late:l2");
    expect(kernel.takeStates()).toEqual(["l2 STOPPED", "e2 STOPPING", "e1 STOPPING"]);
    kernel.exit("early:e1");
    kernel.exit("early:e2");
    expect(kernel.effects.at(-1)).toEqual({ kind: "leave", mode: "SHUTDOWN" });
  });
});

describe("a shutdown", () => {
  it("turns BACKOFF into FATAL and restarts nothing", () => {
    const kernel = new KernelDriver([
      aGroup("a", [aProcess("a")], 1),
      aGroup("b", [aProcess("b", { autorestart: "always" })], 2),
    ]).run();
    kernel.exit("a", 1);
    kernel.input({ kind: "leave", mode: "SHUTDOWN" });
    kernel.advance(1500);
    expect(kernel.stateOf("a")).toBe("BACKOFF");
    kernel.exit("b", 1);
    expect(kernel.stateOf("a")).toBe("FATAL");
    expect(kernel.stateOf("b")).toBe("STOPPED");
  });

  it("names who is late every three seconds", () => {
    const kernel = new KernelDriver([aGroup("a")]).run();
    kernel.input({ kind: "leave", mode: "SHUTDOWN" });
    kernel.advance(6000);
    expect(kernel.logLines().filter((line) => line.endsWith("to die"))).toHaveLength(3);
  });

  it("overtakes a restart, but not the other way round", () => {
    const kernel = new KernelDriver([aGroup("a")]).run();
    kernel.input({ kind: "leave", mode: "RESTARTING" });
    kernel.input({ kind: "leave", mode: "SHUTDOWN" });
    kernel.input({ kind: "leave", mode: "RESTARTING" });
    kernel.exit("a");
    expect(kernel.effects.at(-1)).toEqual({ kind: "leave", mode: "SHUTDOWN" });
  });

  it("ends at once when nothing runs", () => {
    const kernel = new KernelDriver([]).run();
    expect(kernel.input({ kind: "leave", mode: "SHUTDOWN" }).at(-1)).toEqual({ kind: "leave", mode: "SHUTDOWN" });
  });
});

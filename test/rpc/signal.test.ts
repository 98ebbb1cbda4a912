import { describe, expect, it } from "vitest";
import { aGroup, aProcess } from "../support/build-config.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

function daemon(): FakeDaemon {
  const fake = new FakeDaemon([
    aGroup("web", [aProcess("late", { priority: 20 }), aProcess("early", { priority: 10 }), aProcess("resting")], 5),
    aGroup("cat", undefined, 1),
  ]);
  fake.supervisor.set("cat", "cat", { state: "RUNNING", pid: 1 });
  fake.supervisor.set("web", "late", { state: "STOPPING", pid: 2 });
  fake.supervisor.set("web", "early", { state: "STARTING", pid: 3 });
  return fake;
}

describe("signalProcess", () => {
  it.each(["HUP", "SIGHUP", "sighup", " hup ", "1", 1, 1.9, true])("takes %j for SIGHUP", async (signal) => {
    const fake = daemon();
    expect(await call(fake, "supervisor.signalProcess", "cat", signal)).toBe(true);
    expect(fake.supervisor.asked).toEqual(["signal cat:cat 1"]);
  });

  it.each(["", "NOPE", "99", 99, -1, "SIG", []])("refuses %j as BAD_SIGNAL", async (signal) => {
    expect(await call(daemon(), "supervisor.signalProcess", "cat", signal)).toMatch(/^fault BAD_SIGNAL: /);
  });

  it("echoes the signal as it was sent", async () => {
    expect(await call(daemon(), "supervisor.signalProcess", "cat", " nope")).toBe("fault BAD_SIGNAL:  nope");
    expect(await call(daemon(), "supervisor.signalProcess", "cat", 99)).toBe("fault BAD_SIGNAL: 99");
  });

  it("looks at the name first, then at the signal, then at the state", async () => {
    expect(await call(daemon(), "supervisor.signalProcess", "nope", "NOPE")).toBe("fault BAD_NAME: nope");
    expect(await call(daemon(), "supervisor.signalProcess", "web:resting", "NOPE")).toBe("fault BAD_SIGNAL: NOPE");
    expect(await call(daemon(), "supervisor.signalProcess", "web:resting", "HUP")).toBe("fault NOT_RUNNING: web:resting");
  });

  it("acts on the group for group:*", async () => {
    expect(await call(daemon(), "supervisor.signalProcess", "web:*", "TERM")).toEqual([
      { name: "late", group: "web", status: 80, description: "OK" },
      { name: "early", group: "web", status: 80, description: "OK" },
    ]);
  });
});

describe("a signal for several processes", () => {
  it("leaves out those without a child", async () => {
    const fake = daemon();
    expect(await call(fake, "supervisor.signalProcessGroup", "web", "USR1")).toHaveLength(2);
    expect(await call(fake, "supervisor.signalAllProcesses", "USR1")).toHaveLength(3);
    expect(fake.supervisor.asked).toEqual(["signal web:* 10", "signal all 10"]);
  });

  it("that does not exist is reported by each that could have had it, in order of priority", async () => {
    const refused = (name: string, group: string) => ({ name, group, status: 11, description: "BAD_SIGNAL: NOPE" });
    expect(await call(daemon(), "supervisor.signalAllProcesses", "NOPE")).toEqual([
      refused("cat", "cat"),
      refused("early", "web"),
      refused("late", "web"),
    ]);
    expect(await call(daemon(), "supervisor.signalProcessGroup", "web", "NOPE")).toEqual([
      refused("early", "web"),
      refused("late", "web"),
    ]);
    expect(await call(daemon(), "supervisor.signalProcess", "web:*", "NOPE")).toHaveLength(2);
  });

  it("needs a group that exists", async () => {
    expect(await call(daemon(), "supervisor.signalProcessGroup", "web:*", "NOPE")).toBe("fault BAD_NAME: web:*");
  });
});

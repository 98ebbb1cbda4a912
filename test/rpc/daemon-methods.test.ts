import { describe, expect, it } from "vitest";
import { fail, succeed } from "../../src/model/fault.ts";
import { aGroup } from "../support/build-config.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

const daemon = () => new FakeDaemon([aGroup("cat")], [aGroup("dog")]);

describe("the daemon", () => {
  it("says what it is", async () => {
    expect(await call(daemon(), "supervisor.getAPIVersion")).toBe("3.0");
    expect(await call(daemon(), "supervisor.getVersion")).toBe("3.0");
    expect(await call(daemon(), "supervisor.getSupervisorVersion")).toBe("4.2.5");
    expect(await call(daemon(), "supervisor.getIdentification")).toBe("supervisor");
    expect(await call(daemon(), "supervisor.getState")).toEqual({ statecode: 1, statename: "RUNNING" });
    expect(await call(daemon(), "supervisor.getPID")).toBe(4242);
  });

  it("agrees at once to shut down, and then refuses", async () => {
    const fake = daemon();
    expect(await call(fake, "supervisor.shutdown")).toBe(true);
    expect(fake.supervisor.state).toBe("SHUTDOWN");
    expect(await call(fake, "supervisor.shutdown")).toBe("fault SHUTDOWN_STATE");
    expect(await call(fake, "supervisor.restart")).toBe("fault SHUTDOWN_STATE");
  });

  it("agrees at once to restart", async () => {
    const fake = daemon();
    expect(await call(fake, "supervisor.restart")).toBe(true);
    expect(fake.supervisor.state).toBe("RESTARTING");
  });
});

describe("reloadConfig", () => {
  it("answers three arrays in an array", async () => {
    const fake = daemon();
    expect(await call(fake, "supervisor.reloadConfig")).toEqual([[[], [], []]]);
    fake.difference = succeed({ added: ["dog", "eel"], changed: ["cat"], removed: ["ant"] });
    expect(await call(fake, "supervisor.reloadConfig")).toEqual([[["dog", "eel"], ["cat"], ["ant"]]]);
  });

  it("tells what is wrong with the files", async () => {
    const fake = daemon();
    fake.difference = fail("CANT_REREAD", "no such section");
    expect(await call(fake, "supervisor.reloadConfig")).toBe("fault CANT_REREAD: no such section");
  });
});

describe("process groups", () => {
  it("are added by name from the configuration", async () => {
    const fake = daemon();
    expect(await call(fake, "supervisor.addProcessGroup", "dog")).toBe(true);
    expect(fake.supervisor.group("dog")).toBeDefined();
    expect(await call(fake, "supervisor.addProcessGroup", "dog")).toBe("fault ALREADY_ADDED: dog");
    expect(await call(fake, "supervisor.addProcessGroup", "nope")).toBe("fault BAD_NAME: nope");
    expect(await call(fake, "supervisor.addProcessGroup", "dog:*")).toBe("fault BAD_NAME: dog:*");
  });

  it("are removed when at rest", async () => {
    const fake = daemon();
    fake.supervisor.set("cat", "cat", { state: "BACKOFF" });
    expect(await call(fake, "supervisor.removeProcessGroup", "cat")).toBe("fault STILL_RUNNING: cat");
    fake.supervisor.set("cat", "cat", { state: "FATAL" });
    expect(await call(fake, "supervisor.removeProcessGroup", "cat")).toBe(true);
    expect(await call(fake, "supervisor.removeProcessGroup", "cat")).toBe("fault BAD_NAME: cat");
  });
});

describe("taskmaster.update", () => {
  it("tells what was done to each group", async () => {
    const fake = daemon();
    fake.updates = succeed([
      { group: "cat", change: "changed", stopped: 1 },
      { group: "dog", change: "added", stopped: 0 },
    ]);
    expect(await call(fake, "taskmaster.update", ["cat", "dog"])).toEqual([
      { group: "cat", change: "changed", stopped: 1 },
      { group: "dog", change: "added", stopped: 0 },
    ]);
    expect(fake.updateRequests).toEqual([["cat", "dog"]]);
  });

  it("hands on why nothing was done", async () => {
    const fake = daemon();
    fake.updates = fail("BAD_NAME", "nope");
    expect(await call(fake, "taskmaster.update", ["nope"])).toBe("fault BAD_NAME: nope");
  });
});

import { describe, expect, it } from "vitest";
import { fail } from "../../src/model/fault.ts";
import { processId } from "../../src/model/namespec.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

const daemon = () =>
  new FakeDaemon([
    aGroup("cat"),
    aGroup("web", [aProcess("web_0"), aProcess("web_1")]),
    aGroup("one", [aProcess("twin")]),
    aGroup("two", [aProcess("twin")]),
  ]);

describe.each(["startProcess", "stopProcess"])("%s", (method) => {
  const verb = method === "startProcess" ? "start" : "stop";

  it.each(["", "nope", "web", "twin", "web:nope", "nope:web_0", "*", "*:*", ":", "nope:*", "cat:cat:cat", " cat"])(
    "refuses %j as BAD_NAME, echoing it",
    async (name) => {
      expect(await call(daemon(), `supervisor.${method}`, name)).toBe(`fault BAD_NAME: ${name}`);
    },
  );

  it("takes the bare name and the full one", async () => {
    const fake = daemon();
    fake.supervisor.planned.set(processId("cat", "cat"), { ok: true, value: true });
    expect(await call(fake, `supervisor.${method}`, "cat")).toBe(true);
    expect(await call(fake, `supervisor.${method}`, "cat:cat")).toBe(true);
    expect(fake.supervisor.asked).toEqual([`${verb} cat:cat wait=true`, `${verb} cat:cat wait=true`]);
  });

  it("takes the bare name of a process in another group when there is only one", async () => {
    const fake = daemon();
    fake.supervisor.planned.set(processId("web", "web_0"), fail("SPAWN_ERROR"));
    expect(await call(fake, `supervisor.${method}`, "web_0")).toBe("fault SPAWN_ERROR: web_0");
    expect(fake.supervisor.asked).toEqual([`${verb} web:web_0 wait=true`]);
  });

  it.each(["web:*", "web:"])("of %s acts on the group and answers its array", async (name) => {
    const fake = daemon();
    fake.supervisor.set("web", "web_1", { state: verb === "start" ? "STOPPED" : "RUNNING" });
    fake.supervisor.set("web", "web_0", { state: verb === "start" ? "RUNNING" : "STOPPED" });
    expect(await call(fake, `supervisor.${method}`, name, false)).toEqual([
      { name: "web_1", group: "web", status: 80, description: "OK" },
    ]);
    expect(fake.supervisor.asked).toEqual([`${verb} web:* wait=false`]);
  });

  it("names the process in its faults as the client did", async () => {
    const fake = daemon();
    for (const fault of ["NOT_RUNNING", "ALREADY_STARTED", "SPAWN_ERROR", "ABNORMAL_TERMINATION"] as const) {
      fake.supervisor.planned.set(processId("cat", "cat"), fail(fault));
      expect(await call(fake, `supervisor.${method}`, "cat")).toBe(`fault ${fault}: cat`);
      expect(await call(fake, `supervisor.${method}`, "cat:cat")).toBe(`fault ${fault}: cat:cat`);
    }
  });

  it("keeps the text that a fault has of its own", async () => {
    const fake = daemon();
    fake.supervisor.planned.set(processId("cat", "cat"), fail("NO_FILE", "can't find command 'cat'"));
    expect(await call(fake, `supervisor.${method}`, "cat")).toBe("fault NO_FILE: can't find command 'cat'");
    fake.supervisor.planned.set(processId("cat", "cat"), fail("FAILED"));
    expect(await call(fake, `supervisor.${method}`, "cat")).toBe("fault FAILED");
  });
});

describe.each(["start", "stop"])("%s of several processes", (verb) => {
  it("takes bare group names only", async () => {
    for (const name of ["nope", "web:*", "web:", "web:web_0", "*"]) {
      expect(await call(daemon(), `supervisor.${verb}ProcessGroup`, name)).toBe(`fault BAD_NAME: ${name}`);
    }
  });

  it("answers a struct for each process, members in the agreed order", async () => {
    const fake = daemon();
    fake.supervisor.planned.set(processId("cat", "cat"), fail("SPAWN_ERROR"));
    fake.supervisor.planned.set(processId("web", "web_0"), { ok: true, value: true });
    fake.supervisor.planned.set(processId("web", "web_1"), fail("NOT_EXECUTABLE", "command is empty"));
    fake.supervisor.removeGroup("one");
    fake.supervisor.removeGroup("two");
    const all = await call(fake, `supervisor.${verb}AllProcesses`);
    expect(all).toEqual([
      { name: "cat", group: "cat", status: 50, description: "SPAWN_ERROR: cat" },
      { name: "web_0", group: "web", status: 80, description: "OK" },
      { name: "web_1", group: "web", status: 21, description: "NOT_EXECUTABLE: command is empty" },
    ]);
    expect(JSON.stringify(all)).toMatch(/^\[\{"name":"cat","group":"cat","status":50,"description":/);
    fake.supervisor.planned.set(processId("web", "web_1"), fail("SPAWN_ERROR"));
    expect(await call(fake, `supervisor.${verb}ProcessGroup`, "web")).toEqual([
      { name: "web_0", group: "web", status: 80, description: "OK" },
      { name: "web_1", group: "web", status: 50, description: "SPAWN_ERROR: web:web_1" },
    ]);
  });

  it("answers an empty array when there is nothing to do", async () => {
    const fake = new FakeDaemon([]);
    expect(await call(fake, `supervisor.${verb}AllProcesses`)).toEqual([]);
  });
});

describe("a call that waits", () => {
  it("is answered when what it waits for has happened", async () => {
    const fake = daemon();
    let release = (): void => {};
    fake.supervisor.held = new Promise((resolve) => {
      release = resolve;
    });
    let answered = false;
    const waiting = call(fake, "supervisor.startProcess", "cat").then((value) => {
      answered = true;
      return value;
    });
    expect(await call(fake, "supervisor.startProcess", "web:web_0", false)).toBe(true);
    expect(answered).toBe(false);
    release();
    expect(await waiting).toBe(true);
  });
});

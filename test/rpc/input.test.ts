import { describe, expect, it } from "vitest";
import { fail } from "../../src/model/fault.ts";
import type { RpcValue } from "../../src/rpc/value.ts";
import { aGroup } from "../support/build-config.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

function daemon(): FakeDaemon {
  const fake = new FakeDaemon([aGroup("cat"), aGroup("resting"), aGroup("stopping")]);
  fake.supervisor.set("cat", "cat", { state: "RUNNING", pid: 5 });
  fake.supervisor.set("stopping", "stopping", { state: "STOPPING", pid: 6 });
  return fake;
}

describe("sendProcessStdin", () => {
  it("writes text as UTF-8", async () => {
    const fake = daemon();
    expect(await call(fake, "supervisor.sendProcessStdin", "cat", "naïve\n")).toBe(true);
    expect(await call(fake, "supervisor.sendProcessStdin", "cat:cat", "")).toBe(true);
    expect(fake.stdin).toEqual(["cat:cat naïve\n", "cat:cat "]);
  });

  it.each<[RpcValue, string]>([
    [5, "INCORRECT_PARAMETERS: 5"],
    [true, "INCORRECT_PARAMETERS: True"],
    [["a", 1, null], "INCORRECT_PARAMETERS: ['a', 1, None]"],
    [{ a: "it's" }, `INCORRECT_PARAMETERS: {'a': "it's"}`],
    [null, "INCORRECT_PARAMETERS"],
  ])("takes no %j, whatever the name", async (chars, expected) => {
    expect(await call(daemon(), "supervisor.sendProcessStdin", "nope", chars)).toBe(`fault ${expected}`);
  });

  it("needs a process that exists and has a child to stay", async () => {
    const fake = daemon();
    expect(await call(fake, "supervisor.sendProcessStdin", "nope", "x")).toBe("fault BAD_NAME: nope");
    expect(await call(fake, "supervisor.sendProcessStdin", "cat:*", "x")).toBe("fault BAD_NAME: cat:*");
    expect(await call(fake, "supervisor.sendProcessStdin", "resting", "x")).toBe("fault NOT_RUNNING: resting");
    expect(await call(fake, "supervisor.sendProcessStdin", "stopping", "x")).toBe("fault NOT_RUNNING: stopping");
    expect(fake.stdin).toEqual([]);
  });

  it("tells that the child has closed its standard input", async () => {
    const fake = daemon();
    fake.stdinResult = fail("NO_FILE");
    expect(await call(fake, "supervisor.sendProcessStdin", "cat:cat", "x")).toBe("fault NO_FILE: cat:cat");
  });
});

describe("sendRemoteCommEvent", () => {
  it("publishes texts verbatim, and anything else as Python prints it", async () => {
    const fake = daemon();
    expect(await call(fake, "supervisor.sendRemoteCommEvent", "a type\n", "data é")).toBe(true);
    expect(await call(fake, "supervisor.sendRemoteCommEvent", 7, ["x", 1.5])).toBe(true);
    expect(await call(fake, "supervisor.sendRemoteCommEvent", null, new Date("2026-11-23T01:02:03Z"))).toBe(true);
    expect(fake.remoteEvents).toEqual([
      ["a type\n", "data é"],
      ["7", "['x', 1.5]"],
      ["None", "2026-11-23 01:02:03"],
    ]);
  });
});

import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SignalNumber, signalNumber } from "../../src/model/signal.ts";
import { spawn } from "../../src/os/spawn.ts";
import { aProcess, idOf, Nursery, until } from "./support.ts";

let nursery: Nursery;
beforeEach(() => {
  nursery = new Nursery();
});
afterEach(() => nursery.close());

describe("the exit of a child", () => {
  it.each([0, 1, 2, 127, 255])("has the code %i", async (code) => {
    const { exit, id, pid } = await nursery.run(aProcess(["sh", "-c", `exit ${code}`]));
    expect(exit).toEqual({ kind: "exited", code });
    expect(id).toBe("g:p");
    expect(pid).toBeGreaterThan(0);
  });

  it.each(["TERM", "KILL", "USR1", "HUP"] as const)("by SIG%s names the signal", async (name) => {
    const pid = nursery.spawn(aProcess(["sleep", "1000"]));
    expect(nursery.children.signal(pid, signalNumber(name), "process")).toEqual({ kind: "sent" });
    expect((await nursery.exitOf(pid)).exit).toEqual({ kind: "signalled", signal: signalNumber(name), coreDumped: false });
  });

  it("by a real-time signal names its number", async () => {
    const pid = nursery.spawn(aProcess(["sleep", "1000"]));
    nursery.children.signal(pid, 40 as SignalNumber, "process");
    expect((await nursery.exitOf(pid)).exit).toMatchObject({ signal: 40 });
  });

  it("tells of each of many that die at once", async () => {
    const pids = Array.from({ length: 200 }, (_, number) => nursery.spawn(aProcess(["sleep", "1000"], {}, `p${number}`)));
    expect(new Set(pids).size).toBe(200);
    for (const pid of pids) nursery.children.signal(pid, signalNumber("KILL"), "process");
    await until(() => nursery.exits.length === 200 || undefined);
    expect(nursery.exits.map(({ pid }) => pid).sort()).toEqual([...pids].sort());
  });

  it("tells what the child used", async () => {
    const config = aProcess(["sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"]);
    await nursery.run(config);
    const usage = nursery.children.lastUsage(idOf(config));
    expect(usage?.userMillis).toBeGreaterThan(0);
    expect(usage?.maxRssBytes).toBeGreaterThan(100_000);
  });

  it("of somebody unknown is noted in the activity log", async () => {
    const outcome = spawn({
      file: "/bin/sh",
      argv: ["sh", "-c", "exit 7"],
      env: {},
      descriptors: [],
      terminal: null,
      directory: null,
      umask: null,
      openFiles: null,
    });
    const pid = outcome.ok ? outcome.pid : 0;
    await until(() => nursery.activity.length > 0 || undefined);
    expect(nursery.activity).toEqual([`info reaped unknown pid ${pid} (exit status 7)`]);
    expect(nursery.exits).toEqual([]);
  });
});

describe("a signal", () => {
  it("reaches the whole group when that is asked for", async () => {
    const script = "sleep 1000 & echo $! > pid; wait";
    const pid = nursery.spawn(aProcess(["sh", "-c", script], { directory: nursery.folder }));
    const grandchild = Number(await until(() => readPid(nursery.path("pid"))));
    nursery.children.signal(pid, signalNumber("TERM"), "group");
    await nursery.exitOf(pid);
    await until(() => !isAlive(grandchild) || undefined);
  });

  it("to a child that is gone is no error", async () => {
    const { pid } = await nursery.run(aProcess(["true"]));
    expect(nursery.children.signal(pid, signalNumber("TERM"), "process")).toEqual({ kind: "gone" });
    expect(nursery.children.signal(pid, signalNumber("TERM"), "group")).toEqual({ kind: "gone" });
  });
});

function readPid(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8");
    return text.endsWith("\n") ? text : undefined;
  } catch {
    return undefined;
  }
}

/** A zombie that somebody else has to reap does not live. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

import { describe, expect, it } from "vitest";
import { signalNumber } from "../../src/model/signal.ts";
import { millis } from "../../src/model/time.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { KernelDriver, one } from "./kernel-driver.ts";

const killed = { kind: "signalled", signal: signalNumber("SEGV"), coreDumped: true } as const;

function running(autorestart: "never" | "unexpected" | "always"): KernelDriver {
  const kernel = new KernelDriver([
    aGroup("web", [aProcess("web", { autorestart, exitCodes: [0, 2], startMillis: millis(1000) })]),
  ]);
  kernel.run().advance(1000);
  kernel.takeStates();
  return kernel;
}

describe("a running process that ends by itself", () => {
  it.each([
    ["never", 1, ["web EXITED"]],
    ["unexpected", 2, ["web EXITED"]],
    ["unexpected", 1, ["web EXITED", "web STARTING"]],
    ["always", 0, ["web EXITED", "web STARTING"]],
  ] as const)("with autorestart %s and exit code %i", (autorestart, code, states) => {
    const kernel = running(autorestart);
    kernel.exit("web", code);
    expect(kernel.takeStates()).toEqual(states);
  });

  it("ends unexpectedly when a signal killed it", () => {
    const kernel = running("unexpected");
    kernel.exit("web", killed);
    expect(kernel.logLines()).toContain("warn exited: web (terminated by SIGSEGV (core dumped); not expected)");
    expect(kernel.takeStates()).toEqual(["web EXITED", "web STARTING"]);
  });

  it("names an unexpected exit code as its spawn error", () => {
    const kernel = running("never");
    kernel.exit("web", 7);
    expect(kernel.state.processes.get("web:web" as never)).toMatchObject({ spawnError: "Bad exit code 7" });
  });

  it("has passed through RUNNING when its startsecs were over, though no alarm had rung yet", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", { autorestart: "never" })])]).run();
    kernel.takeStates();
    kernel.skip(1000);
    kernel.exit("web", 0);
    expect(kernel.takeStates()).toEqual(["web RUNNING", "web EXITED"]);
  });
});

describe("a stop that a client asked for", () => {
  it("is never an unexpected end: autorestart does not apply", () => {
    const kernel = running("always");
    const request = kernel.stop(one("web"));
    expect(kernel.outcomes(request)).toBeUndefined();
    kernel.exit("web", { kind: "signalled", signal: signalNumber("TERM"), coreDumped: false });
    expect(kernel.outcomes(request)).toEqual(["web OK"]);
    expect(kernel.takeStates()).toEqual(["web STOPPING", "web STOPPED"]);
  });

  it("logs who it waits for, now and every two seconds, and ends with SIGKILL, again and again", () => {
    const kernel = running("always");
    kernel.effects.length = 0;
    kernel.stop(one("web"));
    kernel.advance(4000);
    expect(kernel.logLines()).toEqual(Array(3).fill("info waiting for web to stop"));
    expect(kernel.signals()).toEqual(["web:web 15 process"]);
    kernel.advance(6000);
    expect(kernel.signals()).toEqual(["web:web 15 process", "web:web 9 process"]);
    expect(kernel.logLines()).toContain("warn killing 'web' (101) with SIGKILL");
    kernel.advance(10_000);
    expect(kernel.signals()).toHaveLength(3);
  });

  it("signals the whole group where that is configured", () => {
    const flags = { stopAsGroup: true, killAsGroup: true, stopSignal: signalNumber("INT") };
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", flags)])]).run();
    kernel.stop(one("web"));
    kernel.advance(10_000);
    expect(kernel.signals()).toEqual(["web:web 2 group", "web:web 9 group"]);
  });

  it("reaches a child that was still being made", () => {
    const kernel = new KernelDriver([aGroup("web")]);
    kernel.bears = false;
    kernel.run();
    const request = kernel.stop(one("web"));
    expect(kernel.signals()).toEqual([]);
    kernel.bear("web:web" as never);
    expect(kernel.signals()).toEqual(["web:web 15 process"]);
    kernel.exit("web", 0);
    expect(kernel.outcomes(request)).toEqual(["web OK"]);
  });

  it("fails, and leaves the process UNKNOWN, when the system refuses the signal", () => {
    const kernel = running("always");
    const request = kernel.stop(one("web"));
    kernel.input({ kind: "signal-failed", id: "web:web" as never, pid: 101 as never, problem: "EPERM" });
    expect(kernel.stateOf("web")).toBe("UNKNOWN");
    expect(kernel.outcomes(request)).toEqual(["web FAILED"]);
    kernel.exit("web", 0);
    expect(kernel.stateOf("web")).toBe("STOPPED");
  });
});

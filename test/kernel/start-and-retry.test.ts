import { describe, expect, it } from "vitest";
import { millis } from "../../src/model/time.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { KernelDriver, one } from "./kernel-driver.ts";

describe("a process that autostarts", () => {
  it("is RUNNING once it has lived for startsecs", () => {
    const kernel = new KernelDriver([aGroup("web")]).run();
    kernel.advance(999);
    expect(kernel.stateOf("web")).toBe("STARTING");
    kernel.advance(1);
    expect(kernel.stateOf("web")).toBe("RUNNING");
    expect(kernel.logLines()).toEqual([
      "info spawned: 'web' with pid 101",
      "info success: web entered RUNNING state, process has stayed up for > than 1 seconds (startsecs)",
    ]);
  });

  it("is RUNNING at once when startsecs is 0", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", { startMillis: millis(0) })])]).run();
    expect(kernel.stateOf("web")).toBe("RUNNING");
  });

  it("does not start without autostart", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", { autostart: false })])]).run();
    expect(kernel.stateOf("web")).toBe("STOPPED");
  });
});

describe("a process that exits within startsecs", () => {
  const groups = [aGroup("web", [aProcess("web", { startRetries: 2 })])];

  it("backs off even when its exit code is an expected one", () => {
    const kernel = new KernelDriver(groups).run();
    kernel.advance(500);
    kernel.exit("web", 0);
    expect(kernel.stateOf("web")).toBe("BACKOFF");
    expect(kernel.state.processes.get("web:web" as never)?.spawnError).toBe("Exited too quickly (process log may have details)");
    expect(kernel.logLines()).toContain("warn exited: web (exit status 0; not expected)");
  });

  it("waits one second longer after each try, then is FATAL", () => {
    const kernel = new KernelDriver(groups).run();
    kernel.takeStates();
    for (const seconds of [1, 2]) {
      kernel.exit("web", 1);
      kernel.advance(seconds * 1000 - 1);
      expect(kernel.stateOf("web")).toBe("BACKOFF");
      kernel.advance(1);
      expect(kernel.stateOf("web")).toBe("STARTING");
    }
    kernel.exit("web", 1);
    expect(kernel.stateOf("web")).toBe("FATAL");
    expect(kernel.logLines().at(-1)).toBe("info gave up: web entered FATAL state, too many start retries too quickly");
  });

  it("retries whatever autorestart says", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", { autorestart: "never" })])]).run();
    kernel.exit("web", 1);
    kernel.advance(1000);
    expect(kernel.stateOf("web")).toBe("STARTING");
  });

  it("gives up after one try when there are no retries", () => {
    const kernel = new KernelDriver([aGroup("web", [aProcess("web", { startRetries: 0 })])]).run();
    kernel.exit("web", 1);
    expect(kernel.takeStates()).toEqual(["web STARTING", "web BACKOFF", "web FATAL"]);
  });

  it("announces the number of failed tries", () => {
    const kernel = new KernelDriver(groups).run();
    kernel.exit("web", 1);
    kernel.advance(1000);
    const tries = kernel.effects.flatMap((effect) =>
      effect.kind === "publish" && effect.event.kind === "process-state" ? [[effect.event.state, effect.event.tries]] : [],
    );
    expect(tries).toEqual([
      ["STARTING", 0],
      ["BACKOFF", 1],
      ["STARTING", 1],
    ]);
  });

  it("forgets its failures when it is stopped in BACKOFF", () => {
    const kernel = new KernelDriver(groups).run();
    kernel.exit("web", 1);
    kernel.stop(one("web"));
    expect(kernel.stateOf("web")).toBe("STOPPED");
    kernel.start(one("web"));
    kernel.exit("web", 1);
    kernel.advance(1000);
    expect(kernel.stateOf("web")).toBe("STARTING");
  });
});

describe("a process that may finish early", () => {
  const early = { earlyExit: "finish-if-expected", exitCodes: [0, 3] } as const;

  it("has finished when it exits within startsecs with an expected code", () => {
    const kernel = new KernelDriver([aGroup("job", [aProcess("job", early)])]).run();
    kernel.exit("job", 3);
    expect(kernel.takeStates()).toEqual(["job STARTING", "job RUNNING", "job EXITED"]);
  });

  it("has failed to start when the code is not expected", () => {
    const kernel = new KernelDriver([aGroup("job", [aProcess("job", early)])]).run();
    kernel.exit("job", 1);
    expect(kernel.stateOf("job")).toBe("BACKOFF");
  });

  it("never finishes when it restarts always", () => {
    const kernel = new KernelDriver([aGroup("job", [aProcess("job", { ...early, autorestart: "always" })])]).run();
    kernel.exit("job", 0);
    expect(kernel.stateOf("job")).toBe("BACKOFF");
  });
});

describe("a child that cannot be made", () => {
  it("counts as a failed start, with the reason", () => {
    const kernel = new KernelDriver([aGroup("web")]);
    kernel.bears = false;
    kernel.run();
    kernel.input({ kind: "spawn-failed", id: "web:web" as never, problem: "can't find command 'web'" });
    expect(kernel.stateOf("web")).toBe("BACKOFF");
    expect(kernel.logLines()).toEqual(["info spawnerr: can't find command 'web'"]);
  });
});

import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ExitStatus } from "../../src/model/exit-status.ts";
import { millis } from "../../src/model/time.ts";
import { SystemClock } from "../../src/os/clock.ts";
import { whyNotBecome } from "../../src/os/drop-privileges.ts";
import { childOpenFiles, originalOpenFiles } from "../../src/os/original-limit.ts";
import { removePidFile, writePidFile } from "../../src/os/pid-file.ts";
import { raiseLimits } from "../../src/os/raise-limits.ts";
import { getLimit } from "../../src/os/resource-limit.ts";
import { spawn } from "../../src/os/spawn.ts";
import { switchUserPrefix } from "../../src/os/switch-user.ts";
import { exitStatus } from "../../src/os/wait-status.ts";
import { TestFolder, until } from "./support.ts";

const folder = new TestFolder();
const isRoot = process.getuid?.() === 0;

describe("a wait status", () => {
  it.each<[number, ExitStatus]>([
    [0x0000, { kind: "exited", code: 0 }],
    [0x0100, { kind: "exited", code: 1 }],
    [0xff00, { kind: "exited", code: 255 }],
    [0x0009, { kind: "signalled", signal: 9, coreDumped: false } as ExitStatus],
    [0x008b, { kind: "signalled", signal: 11, coreDumped: true } as ExitStatus],
    [0x0040, { kind: "signalled", signal: 64, coreDumped: false } as ExitStatus],
  ])("%i is %o", (status, exit) => {
    expect(exitStatus(status)).toEqual(exit);
  });
});

describe("the original limit of open files", () => {
  it("is what the launcher says, else the usual 1024", () => {
    expect(originalOpenFiles({ TASKMASTER_NOFILE: "300" })).toBe(300);
    expect(originalOpenFiles({})).toBe(1024);
    expect(originalOpenFiles({ TASKMASTER_NOFILE: "many" })).toBe(1024);
    expect(originalOpenFiles({ TASKMASTER_NOFILE: "unlimited" })).toBe(getLimit("RLIMIT_NOFILE").hard);
  });

  it("is raised to minfds for children, as far as the hard limit allows", () => {
    const { hard } = getLimit("RLIMIT_NOFILE");
    expect(childOpenFiles(256, 1024)).toBe(1024);
    expect(childOpenFiles(4096, 1024)).toBe(4096);
    expect(childOpenFiles(256, hard + 1)).toBe(hard);
  });
});

describe("raising limits", () => {
  it("tells of the user's limit, not of the one that Node has raised", () => {
    expect(raiseLimits(1024, 1, 256)).toEqual({ ok: true, infos: ["Increased RLIMIT_NOFILE limit to 1024"] });
    expect(raiseLimits(1024, 1, 1024)).toEqual({ ok: true, infos: [] });
  });

  it("says what to do when there is no way", () => {
    // Not even root may open so many files.
    const outcome = raiseLimits(2 ** 40, 1, 1024);
    expect(outcome).toMatchObject({ ok: false, problem: expect.stringContaining("file descriptors required") });
  });
});

describe("the clock", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("tells steady and wall time", () => {
    const { mono, wall } = new SystemClock().now();
    expect(Math.abs(wall - Date.now() / 1000)).toBeLessThan(5);
    expect(mono).toBeLessThanOrEqual(performance.now());
  });

  it("rings once, not before the time, and only for the alarm set last", async () => {
    const clock = new SystemClock();
    const rings: string[] = [];
    const at = millis(performance.now() + 30);
    clock.setAlarm(millis(0), () => rings.push("replaced"));
    clock.setAlarm(at, () => rings.push(performance.now() >= at ? "due" : "early"));
    await until(() => rings.length > 0);
    expect(rings).toEqual(["due"]);
    clock.setAlarm(millis(0), () => rings.push("cancelled"));
    clock.setAlarm(null, () => {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rings).toEqual(["due"]);
  });

  it("waits for an alarm in more than 25 days", async () => {
    vi.useFakeTimers();
    const clock = new SystemClock();
    const start = clock.now().mono;
    let rung = 0;
    clock.setAlarm(millis(start + 2 ** 32), () => {
      rung++;
    });
    await vi.advanceTimersByTimeAsync(2 ** 32 - 1);
    expect(rung).toBe(0);
    await vi.advanceTimersByTimeAsync(2);
    expect(rung).toBe(1);
  });
});

describe("the pid file", () => {
  it("has the pid and a newline, whatever was there", () => {
    const path = folder.path("pid");
    writeFileSync(path, "something long and old\n");
    expect(writePidFile(path)).toBeNull();
    expect(readFileSync(path, "utf8")).toBe(`${process.pid}\n`);
    removePidFile(path);
    removePidFile(path);
    expect(existsSync(path)).toBe(false);
  });

  it("that cannot be written is no more than a reason", () => {
    expect(writePidFile(folder.path("no/pid"))).toBe("ENOENT");
    removePidFile(folder.path("no/pid"));
  });
});

describe("switching the user", () => {
  const user = { uid: 65534, gid: 65533, name: "nobody" };

  it("puts setpriv before the command", () => {
    mkdirSync(folder.path("bin"));
    writeFileSync(folder.path("bin/setpriv"), "", { mode: 0o755 });
    const prefix = [folder.path("bin/setpriv"), "--reuid=65534", "--regid=65533", "--init-groups", "--"];
    expect(switchUserPrefix(user, ["/no/such", folder.path("bin")])).toEqual(prefix);
  });

  it("is impossible without a setpriv that can do it", () => {
    mkdirSync(folder.path("bin"));
    expect(switchUserPrefix(user, [folder.path("bin")])).toBeNull();
    writeFileSync(folder.path("bin/busybox"), "", { mode: 0o755 });
    symlinkSync("busybox", folder.path("bin/setpriv"));
    expect(switchUserPrefix(user, [folder.path("bin")])).toBeNull();
    rmSync(folder.path("bin/setpriv"));
    writeFileSync(folder.path("bin/setpriv"), "");
    chmodSync(folder.path("bin/setpriv"), 0o644);
    expect(switchUserPrefix(user, [folder.path("bin")])).toBeNull();
  });

  it("is refused in supervisord's words", () => {
    expect(whyNotBecome(54321)).toBe("Can't find uid 54321");
    expect(whyNotBecome(1)).toBe(isRoot ? null : "Can't drop privilege as nonroot user");
    expect(whyNotBecome(process.getuid?.() ?? 0)).toBeNull();
  });
});

describe("spawning", () => {
  it("names the error of what cannot be executed", () => {
    const options = { argv: ["x"], env: {}, descriptors: [], terminal: null, directory: null, umask: null, openFiles: null };
    expect(spawn({ ...options, file: "/no/such" })).toEqual({ ok: false, error: "ENOENT" });
    expect(spawn({ ...options, file: "/etc/passwd" })).toEqual({ ok: false, error: "EACCES" });
    expect(spawn({ ...options, file: "/bin/true", directory: "/no/such" })).toEqual({ ok: false, error: "ENOENT" });
    expect(spawn({ ...options, file: "/bin/true", argv: ["x".repeat(3_000_000)] })).toEqual({ ok: false, error: "E2BIG" });
    expect(spawn({ ...options, file: "/bin/true", argv: ["x\0y"] })).toEqual({ ok: false, error: "EINVAL" });
    expect(spawn({ ...options, file: "/bin/true", env: { A: "x\0y" } })).toEqual({ ok: false, error: "EINVAL" });
  });

  it("passes on the given descriptors, in their order", () => {
    const ends = ["in", "out", "err", "more"].map((name) => openSync(folder.path(name), "w+"));
    const options = { env: { PATH: "/bin" }, directory: null, umask: null, openFiles: null, descriptors: ends, terminal: null };
    const script = "echo out; echo err >&2; echo more >&3";
    expect(spawn({ ...options, file: "/bin/sh", argv: ["sh", "-c", script] }).ok).toBe(true);
    for (const fd of ends) closeSync(fd);
    return until(() => ["out", "err", "more"].every((name) => readFileSync(folder.path(name), "utf8") === `${name}\n`));
  });
});

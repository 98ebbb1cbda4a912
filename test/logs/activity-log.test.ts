import { renameSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { activityLine } from "../../src/logs/activity-line.ts";
import { ActivityLog, type ActivityLogOptions } from "../../src/logs/activity-log.ts";
import { InheritedOutput } from "../../src/os/inherited-output.ts";
import { TestFolder } from "./support.ts";

const folder = new TestFolder();

function open(options: Partial<ActivityLogOptions> = {}): ActivityLog {
  const target = { kind: "file", path: folder.path("log") } as const;
  return new ActivityLog({
    target,
    level: "info",
    echo: false,
    inherited: new InheritedOutput(),
    maxBytes: 0,
    backups: 0,
    ...options,
  });
}

describe("a line of the activity log", () => {
  const at = new Date(2026, 0, 5, 9, 3, 7, 42);

  it("has local time with milliseconds, the level's tag and the message", () => {
    expect(activityLine(at, "info", "spawned: 'x' with pid 1")).toBe("2026-01-05 09:03:07,042 INFO spawned: 'x' with pid 1\n");
    expect(activityLine(at, "critical", "x")).toBe("2026-01-05 09:03:07,042 CRIT x\n");
    expect(activityLine(at, "blather", "a\n\tb\r\n")).toBe("2026-01-05 09:03:07,042 BLAT a\n\tb\r\n\n");
  });

  it("cannot drive a terminal", () => {
    expect(activityLine(at, "warn", "\x1b]0;title\x07 \x9b1m")).toBe("2026-01-05 09:03:07,042 WARN \\x1b]0;title\\x07 \\x9b1m\n");
  });
});

describe("the activity log", () => {
  it("takes entries from its level on", () => {
    const log = open({ level: "warn" });
    for (const level of ["critical", "error", "warn", "info", "debug", "trace", "blather"] as const) log.log(level, level);
    log.close();
    expect(folder.read("log").replace(/^.{24}/gm, "")).toBe("CRIT critical\nERRO error\nWARN warn\n");
    expect(log.isEnabled("error")).toBe(true);
    expect(log.isEnabled("info")).toBe(false);
  });

  it("is written at the end of a turn, and at once when something is wrong", async () => {
    const log = open();
    log.log("info", "first");
    log.log("warn", "second");
    expect(folder.read("log")).toBe("");
    await Promise.resolve();
    expect(folder.read("log")).toMatch(/INFO first\n.*WARN second\n$/);
    log.log("info", "third");
    log.log("error", "fourth");
    expect(folder.read("log")).toMatch(/INFO third\n.*ERRO fourth\n$/);
    log.log("info", "x".repeat(20_000));
    expect(folder.read("log")).toMatch(/xxx\n$/);
    log.close();
  });

  it("is rotated, opened anew and cleared like any log", async () => {
    const log = open({ maxBytes: 100, backups: 1 });
    log.log("info", "x".repeat(80));
    await Promise.resolve();
    log.log("info", "second");
    await Promise.resolve();
    expect(folder.read("log.1")).toContain("xxx");
    renameSync(folder.path("log"), folder.path("old"));
    log.reopen();
    log.log("info", "third");
    await Promise.resolve();
    expect(folder.read("log")).toMatch(/INFO third\n$/);
    expect(log.clear()).toEqual({ ok: true, value: true });
    expect(folder.read("log")).toBe("");
    rmSync(folder.path("log"));
    expect(log.clear()).toEqual({ ok: false, fault: { name: "NO_FILE" } });
    log.close();
  });

  it("tells what it is", () => {
    const none = open({ target: { kind: "none" } });
    expect([none.path, none.description]).toEqual([null, ""]);
    none.log("critical", "nobody hears it");
    expect(none.clear()).toEqual({ ok: false, fault: { name: "NO_FILE" } });
    const syslog = open({ target: { kind: "syslog" }, syslogPath: folder.path("none") });
    expect([syslog.path, syslog.description]).toEqual([null, "syslog"]);
    syslog.log("critical", "nobody hears it");
    expect(open().path).toBe(folder.path("log"));
  });

  it("cannot be opened in a folder that is not there", () => {
    expect(() => open({ target: { kind: "file", path: folder.path("no/log") } })).toThrow(/ENOENT/);
  });
});

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AutoLog, removeOldAutoLogs } from "../../src/logs/auto-log.ts";
import { pidOf, uniquePart } from "../../src/logs/auto-name.ts";
import { TestFolder, until } from "./support.ts";

const folder = new TestFolder();

describe("an AUTO log", () => {
  const autoLog = (place = folder.path()) => new AutoLog({ folder: place, name: "web", channel: "stderr", identifier: "id" });

  it("is a new empty file for the daemon's user alone, once it is needed", () => {
    const logs = [autoLog(), autoLog()];
    expect(logs.some(({ path }) => existsSync(path))).toBe(false);
    const [one, two] = logs.map((log) => log.create());
    expect(logs.map(({ path }) => path)).toEqual([one, two]);
    expect(one).toMatch(/\/web-stderr---id-[a-z0-9_]{8}\.log$/);
    expect(one).not.toBe(two);
    expect(statSync(String(one))).toMatchObject({ size: 0 });
    expect(statSync(String(one)).mode & 0o777).toBe(0o600);
  });

  it("cannot be made where there is no folder", () => {
    expect(() => autoLog(folder.path("none")).create()).toThrow(/ENOENT/);
  });

  it("takes another name when somebody else has made a file of its own", () => {
    const log = autoLog();
    const { path } = log;
    symlinkSync("/etc/passwd", path);
    expect(log.create()).not.toBe(path);
    expect(log.path).toBe(log.create());
  });

  it("is not made again when somebody has deleted it", () => {
    const log = autoLog();
    rmSync(log.create());
    expect(existsSync(log.create())).toBe(false);
  });
});

describe("the unique part of a name", () => {
  it.each([1, 2, 4_194_303, process.pid])("tells the pid %i", (pid) => {
    expect(uniquePart(pid)).toMatch(/^[a-z0-9_]{8}$/);
    expect(pidOf(uniquePart(pid))).toBe(pid);
  });

  it("is a number like any other when somebody else made it", () => {
    for (const part of ["", "x", "UPPER-case", "________"]) expect(Number.isInteger(pidOf(part))).toBe(true);
  });
});

describe("the clean-up of old AUTO logs", () => {
  it("takes those of this identifier with their backups, and nothing else", () => {
    const old = ["a-stdout---id-abcd1234.log", "a-stderr---id-abcd1234.log.1", "b c-stdout---id-x.log.10"];
    const others = [
      "a-stdout---other-abcd1234.log",
      "a-stdout---id2-abcd1234.log",
      "a-stdout---id-abcd1234.log.gz",
      "a-stdout---id-abcd1234.txt",
      "a-stdout---id-ab cd.log",
      "---id-abcd1234.log",
      "app.log",
    ];
    for (const name of [...old, ...others]) writeFileSync(folder.path(name), "");
    expect(removeOldAutoLogs(folder.path(), "id")).toEqual([]);
    expect(readdirSync(folder.path()).sort()).toEqual([...others].sort());
  });

  it("leaves those of another daemon that still runs", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const ended = new Promise((resolve) => other.on("exit", resolve));
    await until(() => readFileSync(`/proc/${other.pid}/comm`, "utf8") === readFileSync("/proc/self/comm", "utf8"));
    const name = `a-stdout---id-${uniquePart(Number(other.pid))}.log`;
    writeFileSync(folder.path(name), "");
    writeFileSync(folder.path(`${name}.1`), "");
    removeOldAutoLogs(folder.path(), "id");
    expect(readdirSync(folder.path())).toEqual([name, `${name}.1`]);
    other.kill("SIGKILL");
    await ended;
    removeOldAutoLogs(folder.path(), "id");
    expect(readdirSync(folder.path())).toEqual([]);
  });

  it("takes its own, from before a restart", () => {
    new AutoLog({ folder: folder.path(), name: "a", channel: "stdout", identifier: "id" }).create();
    removeOldAutoLogs(folder.path(), "id");
    expect(readdirSync(folder.path())).toEqual([]);
  });

  it("takes an identifier literally", () => {
    writeFileSync(folder.path("a-stdout---axb-abcd1234.log"), "");
    removeOldAutoLogs(folder.path(), "a.b");
    expect(readdirSync(folder.path())).toHaveLength(1);
  });

  it("warns of what it cannot do", () => {
    expect(removeOldAutoLogs(folder.path("none"), "id")).toEqual(["Could not clear childlog dir"]);
    mkdirSync(folder.path("a-stdout---id-abcd1234.log"));
    expect(removeOldAutoLogs(folder.path(), "id")).toEqual([`Failed to clean up '${folder.path("a-stdout---id-abcd1234.log")}'`]);
  });
});

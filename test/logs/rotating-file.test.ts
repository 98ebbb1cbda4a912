import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RotationLimits } from "../../src/logs/log-sink.ts";
import { RotatingFile } from "../../src/logs/rotating-file.ts";
import { mayMount } from "../support/may-mount.ts";
import { SinkEvents, TestFolder, until } from "./support.ts";

const folder = new TestFolder();

function open(limits: Partial<RotationLimits> = {}, events = new SinkEvents(), name = "log"): RotatingFile {
  return new RotatingFile({ path: folder.path(name) }, { maxBytes: 0, backups: 0, ...limits }, 0o666, events);
}

function line(number: number, length = 40): Buffer {
  return Buffer.from(`${String(number).padEnd(length - 1, ".")}\n`);
}

describe("a log file", () => {
  it("is appended to and has the mode it was asked for", () => {
    writeFileSync(folder.path("log"), "old\n");
    const file = open();
    expect(file.write(Buffer.from("new\n"))).toBe(true);
    file.close();
    expect(folder.read("log")).toBe("old\nnew\n");
    new RotatingFile({ path: folder.path("secret") }, { maxBytes: 0, backups: 0 }, 0o600, new SinkEvents()).close();
    expect(statSync(folder.path("secret")).mode & 0o777).toBe(0o600);
  });

  it("that is made late is there from the first writing on, and as empty as it is clear", () => {
    const created: string[] = [];
    const late = () => {
      const file = { path: folder.path("late"), create: () => created.push("late") };
      return new RotatingFile(file, { maxBytes: 0, backups: 0 }, 0o600, new SinkEvents());
    };
    let file = late();
    file.reopen();
    expect(existsSync(folder.path("late"))).toBe(false);
    expect(created).toEqual([]);
    file.write(Buffer.from("words\n"));
    file.close();
    expect(created).toEqual(["late"]);
    expect(folder.read("late")).toBe("words\n");
    file = late();
    expect(file.clear()).toBeNull();
    expect(folder.read("late")).toBe("");
    file.close();
    late().close();
  });

  it("that cannot be made late holds back what it can until it can be", async () => {
    const events = new SinkEvents();
    let isBroken = true;
    const create = () => {
      if (isBroken) throw Object.assign(new Error("no"), { code: "EACCES" });
    };
    const file = new RotatingFile({ path: folder.path("late"), create }, { maxBytes: 0, backups: 0 }, 0o600, events);
    expect(file.write(Buffer.from("words\n"))).toBe(true);
    isBroken = false;
    await until(() => existsSync(folder.path("late")));
    file.close();
    expect(folder.read("late")).toBe("words\n");
  });

  it("cannot be a directory or lie in a folder that is not there", () => {
    mkdirSync(folder.path("log"));
    expect(() => open()).toThrow(/EISDIR/);
    expect(() => open({}, new SinkEvents(), "no/log")).toThrow(/ENOENT/);
  });

  it("never rotates without a limit", () => {
    const file = open({ backups: 3 });
    for (let number = 0; number < 100; number++) file.write(line(number));
    file.close();
    expect(readdirSync(folder.path())).toEqual(["log"]);
  });
});

describe("rotation", () => {
  it("comes after the write that reaches the limit and keeps so many backups", () => {
    const file = open({ maxBytes: 100, backups: 2 });
    for (let number = 0; number < 9; number++) file.write(line(number));
    file.close();
    expect(readdirSync(folder.path()).sort()).toEqual(["log", "log.1", "log.2"]);
    expect(folder.read("log")).toBe("");
    expect(folder.read("log.1")).toBe([6, 7, 8].map((number) => line(number)).join(""));
    expect(folder.read("log.2")).toBe([3, 4, 5].map((number) => line(number)).join(""));
  });

  it("counts what the file has when it is opened", () => {
    writeFileSync(folder.path("log"), "x".repeat(90));
    const file = open({ maxBytes: 100, backups: 1 });
    file.write(line(1));
    file.close();
    expect(folder.read("log.1")).toHaveLength(130);
  });

  it("is not fooled by somebody who truncates the file", () => {
    const file = open({ maxBytes: 100, backups: 1 });
    file.write(line(1));
    file.write(line(2));
    truncateSync(folder.path("log"));
    file.write(line(3));
    expect(existsSync(folder.path("log.1"))).toBe(false);
    file.close();
    expect(folder.read("log")).toBe(line(3).toString());
  });

  it("carries a file beyond its limit by no more than one reading of supervisord", () => {
    const file = open({ maxBytes: 300_000, backups: 9 });
    const bytes = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => index % 251));
    file.write(bytes);
    file.close();
    const names = readdirSync(folder.path()).filter((name) => name !== "log");
    for (const name of names) expect(statSync(folder.path(name)).size).toBeLessThanOrEqual(300_000 + 128 * 1024);
    const whole = [...names.sort().reverse(), "log"].map((name) => folder.read(name)).join("");
    expect(whole).toBe(bytes.toString("latin1"));
  });

  it("loses and doubles nothing, whatever is written", () => {
    let run = 0;
    const chunks = fc.array(fc.nat(400), { maxLength: 30 });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 500 }), (lengths, maxBytes) => {
        const name = `log${run++}`;
        const file = open({ maxBytes, backups: lengths.length + 1 }, new SinkEvents(), name);
        const written = lengths.map((length, index) => Buffer.alloc(length, 97 + (index % 26)));
        for (const bytes of written) file.write(bytes);
        file.close();
        const backups = readdirSync(folder.path()).filter((other) => other.startsWith(`${name}.`)).length;
        const names = Array.from({ length: backups }, (_, index) => `${name}.${backups - index}`);
        expect([...names, name].map((part) => folder.read(part)).join("")).toBe(Buffer.concat(written).toString());
        expect(folder.read(name).length).toBeLessThan(maxBytes);
      }),
    );
  });

  it("does not mind missing backups", () => {
    writeFileSync(folder.path("log.2"), "two");
    const file = open({ maxBytes: 10, backups: 5 });
    file.write(line(1));
    file.close();
    expect(folder.read("log.3")).toBe("two");
    expect(folder.read("log.1")).toBe(line(1).toString());
  });

  it("without backups keeps the newest whole lines", () => {
    const file = open({ maxBytes: 1000 });
    for (let number = 0; number < 25; number++) file.write(line(number));
    expect(folder.read("log")).toBe([13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24].map((number) => line(number)).join(""));
    file.write(line(25));
    file.close();
    expect(folder.read("log").endsWith(line(24).toString() + line(25).toString())).toBe(true);
    expect(readdirSync(folder.path())).toEqual(["log"]);
  });

  it("without backups cuts a line that is longer than all the log", () => {
    const file = open({ maxBytes: 100 });
    file.write(Buffer.alloc(500, "x"));
    file.close();
    expect(folder.read("log")).toBe("x".repeat(50));
  });

  it.each([1, 2, 3])("works with a limit of %i bytes", (maxBytes) => {
    const file = open({ maxBytes });
    file.write(Buffer.from("abc\n"));
    file.close();
    expect(statSync(folder.path("log")).size).toBeLessThan(maxBytes);
  });

  it("that is impossible is reported once, and the file grows on", () => {
    const events = new SinkEvents();
    const file = open({ maxBytes: 50, backups: 1 }, events);
    mkdirSync(folder.path("log.1"));
    for (let number = 0; number < 4; number++) expect(file.write(line(number))).toBe(true);
    expect(events.reports).toEqual([`warn cannot rotate log file ${folder.path("log")}: EISDIR`]);
    expect(folder.read("log")).toHaveLength(160);
    rmdirSync(folder.path("log.1"));
    file.write(line(4));
    file.close();
    expect(folder.read("log.1")).toHaveLength(200);
  });
});

describe("reopening and clearing", () => {
  it("goes on in a new file after a rename", () => {
    const file = open();
    file.write(line(1));
    renameSync(folder.path("log"), folder.path("log.old"));
    file.write(line(2));
    file.reopen();
    file.write(line(3));
    file.close();
    expect(folder.read("log.old")).toBe(line(1).toString() + line(2).toString());
    expect(folder.read("log")).toBe(line(3).toString());
  });

  it("starts the file anew, whether it is there or not", () => {
    const file = open();
    file.write(line(1));
    expect(file.clear()).toBeNull();
    file.write(line(2));
    expect(folder.read("log")).toBe(line(2).toString());
    rmSync(folder.path("log"));
    expect(file.clear()).toBeNull();
    file.close();
    expect(folder.read("log")).toBe("");
  });

  it("tells why the file cannot be started anew", () => {
    mkdirSync(folder.path("sub"));
    const events = new SinkEvents();
    const file = open({}, events, "sub/log");
    rmSync(folder.path("sub"), { recursive: true });
    expect(file.clear()).toBe("ENOENT");
    file.close();
  });
});

describe("a log file that cannot be written", () => {
  it("is reported once, keeps the newest output in memory and goes on when the folder is back", async () => {
    mkdirSync(folder.path("sub"));
    const events = new SinkEvents();
    const file = open({ maxBytes: 60, backups: 1 }, events, "sub/log");
    rmSync(folder.path("sub"), { recursive: true });
    // The open file is filled and rotated, which needs the folder.
    for (let number = 0; number < 5; number++) expect(file.write(line(number))).toBe(true);
    expect(events.reports).toEqual([`warn cannot write log file ${folder.path("sub/log")}: ENOENT`]);
    mkdirSync(folder.path("sub"));
    await until(() => events.reports.length === 2);
    expect(events.reports[1]).toBe(`info log file ${folder.path("sub/log")} is written again`);
    file.write(line(5));
    file.close();
    expect(folder.read("sub/log.1") + folder.read("sub/log")).toBe([2, 3, 4, 5].map((number) => line(number)).join(""));
    expect(events.readyCalls).toBe(0);
  });

  it("tells how much was lost when it was too much to keep", async () => {
    mkdirSync(folder.path("sub"));
    const events = new SinkEvents();
    const file = open({ maxBytes: 1, backups: 1 }, events, "sub/log");
    rmSync(folder.path("sub"), { recursive: true });
    file.write(Buffer.alloc(10));
    for (let time = 0; time < 5; time++) file.write(Buffer.alloc(2 ** 20));
    mkdirSync(folder.path("sub"));
    await until(() => events.reports.length === 2);
    file.close();
    expect(events.reports[1]).toBe(`info log file ${folder.path("sub/log")} is written again; ${3 * 2 ** 20} bytes were lost`);
  });

  it("says what is lost when it is closed without a chance", () => {
    mkdirSync(folder.path("sub"));
    const events = new SinkEvents();
    const file = open({ maxBytes: 1, backups: 1 }, events, "sub/log");
    rmSync(folder.path("sub"), { recursive: true });
    file.write(Buffer.alloc(10));
    file.write(Buffer.alloc(7));
    file.close();
    expect(events.reports[1]).toBe(`warn log file ${folder.path("sub/log")} is closed; 7 bytes were lost`);
    expect(events.reports).toHaveLength(2);
  });

  if (mayMount()) {
    it("for want of room asks its source to wait, and calls when there is room again", async () => {
      mkdirSync(folder.path("disk"));
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.path("disk")]);
      try {
        const events = new SinkEvents();
        writeFileSync(folder.path("disk/ballast"), Buffer.alloc(200_000));
        const file = open({}, events, "disk/log");
        const bytes = Buffer.from(Array.from({ length: 150_000 }, (_, index) => index % 251));
        expect(file.write(bytes)).toBe(false);
        expect(file.write(bytes)).toBe(false);
        expect(events.reports).toEqual([`warn cannot write log file ${folder.path("disk/log")}: ENOSPC`]);
        execFileSync("mount", ["-o", "remount,size=1m", folder.path("disk")]);
        await until(() => events.readyCalls === 1);
        file.close();
        expect(folder.read("disk/log")).toBe(bytes.toString("latin1").repeat(2));
        expect(events.reports).toHaveLength(2);
      } finally {
        execFileSync("umount", ["-l", folder.path("disk")]);
      }
    });
  }
});

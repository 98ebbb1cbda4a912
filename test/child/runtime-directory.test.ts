import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fifoPath } from "../../src/child/fifo-path.ts";
import { RuntimeDirectory } from "../../src/child/runtime-directory.ts";
import { processId } from "../../src/model/namespec.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "taskmaster-runtime-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the runtime directory", () => {
  it("is made for the daemon's user alone", () => {
    const directory = new RuntimeDirectory(join(folder, "a/b"));
    expect(statSync(join(folder, "a/b")).mode & 0o777).toBe(0o700);
    directory.close();
  });

  it("is closed to others when it is there already", () => {
    mkdirSync(join(folder, "open"), { mode: 0o755 });
    const directory = new RuntimeDirectory(join(folder, "open"));
    expect(statSync(join(folder, "open")).mode & 0o777).toBe(0o700);
    directory.close();
  });

  it("may not be a symbolic link, behind which anybody could put another", () => {
    symlinkSync("/tmp", join(folder, "link"));
    expect(() => new RuntimeDirectory(join(folder, "link"))).toThrow(/cannot use runtime directory/);
  });

  it("is one daemon's alone", () => {
    const directory = new RuntimeDirectory(join(folder, "run"));
    expect(() => new RuntimeDirectory(join(folder, "run"))).toThrow(/another daemon uses it/);
    directory.close();
    new RuntimeDirectory(join(folder, "run")).close();
  });

  it("comes back when somebody has cleaned it away", () => {
    const directory = new RuntimeDirectory(join(folder, "run"));
    directory.ensure();
    rmSync(join(folder, "run"), { recursive: true });
    directory.ensure();
    expect(statSync(join(folder, "run")).mode & 0o777).toBe(0o700);
    expect(() => new RuntimeDirectory(join(folder, "run"))).toThrow(/another daemon uses it/);
    directory.close();
  });

  it("goes when it is empty, and stays when it is not", () => {
    const directory = new RuntimeDirectory(join(folder, "run"));
    writeFileSync(join(folder, "run/file"), "");
    directory.close();
    expect(existsSync(join(folder, "run"))).toBe(true);
    rmSync(join(folder, "run/file"));
    new RuntimeDirectory(join(folder, "run")).close();
    expect(existsSync(join(folder, "run"))).toBe(false);
  });
});

describe("the name of a pipe", () => {
  it("tells whose it is, whatever characters that has", () => {
    expect(fifoPath("/run", processId("g", "a/b c"), "stdout")).toBe("/run/g%3Aa%2Fb%20c.stdout");
  });

  it("fits into a file name, and is different for different processes", () => {
    const names = ["a", "b"].map((end) => fifoPath("", processId("g".repeat(300), `p${end}`), "stderr"));
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(255);
    expect(new Set(names).size).toBe(2);
  });
});

import { truncateSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readWindow, tailWindow } from "../../src/logs/window.ts";
import { TestFolder } from "./support.ts";

const folder = new TestFolder();
const ALL = "0123456789";

function aLog(text = ALL): string {
  writeFileSync(folder.path("log"), text);
  return folder.path("log");
}

describe("reading a log of ten bytes", () => {
  it.each([
    [-4, 0, "6789"],
    [-10, 0, ALL],
    [-20, 0, ALL],
    [0, 0, ALL],
    [4, 0, "456789"],
    [10, 0, ""],
    [20, 0, ""],
    [0, 4, "0123"],
    [8, 10, "89"],
    [20, 5, ""],
    [0, 10, ALL],
    [0, 2 ** 31, ALL],
  ])("from %i, %i bytes, gives %j", (offset, length, text) => {
    expect(readWindow(aLog(), offset, length)).toEqual({ ok: true, value: Buffer.from(text) });
  });

  it.each([
    [-1, 4],
    [-1, -1],
    [0, -1],
    [4, -2],
  ])("from %i, %i bytes, is a bad argument", (offset, length) => {
    expect(readWindow(aLog(), offset, length)).toEqual({ ok: false, fault: { name: "BAD_ARGUMENTS" } });
  });

  it.each(["no-such-log", ""])("fails where there is no file: %j", (name) => {
    expect(readWindow(folder.path(name), 0, 0)).toEqual({ ok: false, fault: { name: "FAILED" } });
  });
});

describe("the tail of a log of ten bytes", () => {
  it.each<[number, number, string, boolean]>([
    [0, 0, "", true],
    [0, 4, "6789", true],
    [0, 10, ALL, false],
    [4, 3, "789", true],
    [4, 6, "456789", false],
    [10, 0, "", false],
    [0, -1, "", true],
    [-1, -1, "", true],
    [3, -2, "", true],
    [4, 7, "3456789", false],
    [8, 10, ALL, false],
    [10, 5, "", false],
    [20, 5, "", false],
    [-4, 3, "789", true],
    [-4, 20, ALL, false],
    [-20, 5, "56789", true],
    [-4, 0, "", true],
  ])("at %i, %i bytes, is %j (more: %s)", (offset, length, text, overflow) => {
    expect(tailWindow(aLog(), offset, length)).toEqual({ bytes: Buffer.from(text), offset: 10, overflow });
  });

  it("is empty at any offset of an empty log", () => {
    expect(tailWindow(aLog(""), 0, 0)).toEqual({ bytes: Buffer.from(""), offset: 0, overflow: false });
    expect(tailWindow(aLog(""), 0, 100)).toEqual({ bytes: Buffer.from(""), offset: 0, overflow: false });
  });

  it("is empty, at the offset that was asked for, when the log cannot be read", () => {
    expect(tailWindow(folder.path("no-such-log"), 7, 5)).toEqual({ bytes: Buffer.from(""), offset: 7, overflow: false });
  });
});

describe("a log over 2 GiB", () => {
  it("has offsets like any other, and a bound on what is answered at once", () => {
    const path = aLog("");
    const size = 3 * 2 ** 30;
    truncateSync(path, size);
    expect(readWindow(path, -4, 0)).toEqual({ ok: true, value: Buffer.alloc(4) });
    expect(readWindow(path, size - 2, 10)).toEqual({ ok: true, value: Buffer.alloc(2) });
    expect(tailWindow(path, 0, 3)).toEqual({ bytes: Buffer.alloc(3), offset: size, overflow: true });
    const window = readWindow(path, 0, 0);
    expect(window.ok && window.value.length).toBe(64 * 2 ** 20);
  });
});

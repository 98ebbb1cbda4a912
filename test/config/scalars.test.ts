import { describe, expect, it } from "vitest";
import { parseInetAddress } from "../../src/config/inet-address.ts";
import { forbiddenCharacter } from "../../src/config/names.ts";
import {
  parseAutorestart,
  parseBoolean,
  parseByteSize,
  parseExitCodes,
  parseInteger,
  parseLogLevel,
  parseOctal,
  splitList,
} from "../../src/config/scalars.ts";
import { parseSocketUrl } from "../../src/config/socket-url.ts";

describe("a value of one word", () => {
  it.each([
    ["5", 5],
    [" -5 ", -5],
    ["+1_000", 1000],
    ["-0", 0],
    ["1.5", undefined],
    ["0x10", undefined],
    ["1__0", undefined],
    ["", undefined],
  ])("is the integer %j", (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it.each([
    ["022", 0o22],
    ["22", 0o22],
    ["0o22", 0o22],
    ["8", undefined],
    ["0x1", undefined],
    ["", undefined],
  ])("is the octal %j", (text, value) => {
    expect(parseOctal(text)).toBe(value);
  });

  it.each([
    ["50", 50],
    ["1KB", 1024],
    ["1 mb", 1024 ** 2],
    ["2Gb", 2 * 1024 ** 3],
    ["5B", undefined],
    ["5M", undefined],
    ["1.5MB", undefined],
    ["KB", undefined],
  ])("is the size %j", (text, value) => {
    expect(parseByteSize(text)).toBe(value);
  });

  it.each([
    ["Yes", true],
    ["on", true],
    ["1", true],
    ["TRUE", true],
    ["no", false],
    ["Off", false],
    ["0", false],
    ["false", false],
    ["", undefined],
    ["y", undefined],
  ])("is the boolean %j", (text, value) => {
    expect(parseBoolean(text)).toBe(value);
  });

  it.each([
    ["Unexpected", "unexpected"],
    ["true", "always"],
    ["0", "never"],
    ["always", undefined],
  ])("says when to restart: %j", (text, value) => {
    expect(parseAutorestart(text)).toBe(value);
  });

  it.each([
    ["INFO", "info"],
    ["blather", "blather"],
    ["warning", undefined],
    ["toString", undefined],
  ])("is the log level %j", (text, value) => {
    expect(parseLogLevel(text)).toBe(value);
  });

  it.each([
    ["0, 2,255", [0, 2, 255]],
    ["", []],
    ["256", undefined],
    ["1,", undefined],
    ["-1", undefined],
  ])("lists the exit codes %j", (text, value) => {
    expect(parseExitCodes(text)).toEqual(value);
  });

  it("lists words", () => {
    expect(splitList(" a ,b,,c")).toEqual(["a", "b", "", "c"]);
    expect(splitList("")).toEqual([]);
  });
});

describe("a name", () => {
  it.each([
    [" web-1 ", undefined],
    ["a b", " "],
    ["a:b", ":"],
    ["a/b", "/"],
    ["", undefined],
  ])("%j holds the forbidden %j", (name, character) => {
    expect(forbiddenCharacter(name)).toBe(character);
  });
});

describe("an address", () => {
  it.each([
    ["9001", { host: "", port: 9001 }],
    [":9001", { host: "", port: 9001 }],
    ["*:9001", { host: "", port: 9001 }],
    ["Localhost:9001", { host: "localhost", port: 9001 }],
    ["localhost:", { problem: "missing", port: "" }],
    ["", { problem: "not-a-number", port: "" }],
    ["h:x", { problem: "not-a-number", port: "x" }],
    ["0", { problem: "below", port: "0" }],
    ["65536", { problem: "above", port: "65536" }],
  ])("%j is read", (text, address) => {
    expect(parseInetAddress(text)).toEqual(address);
  });

  it.each([
    ["tcp://LocalHost:80", { kind: "tcp", url: "tcp://localhost:80" }],
    ["unix:///run/../tmp/s", { kind: "unix", url: "unix:///tmp/s" }],
    ["unix://run/s", { problem: "relative-path", part: "run/s" }],
    ["http://h:1", { problem: "format", part: "http://h:1" }],
    ["tcp://h", { problem: "format", part: "tcp://h" }],
    ["tcp://h:0", { problem: "port-below", part: "0" }],
    ["tcp://h:70000", { problem: "port-above", part: "70000" }],
  ])("of a FastCGI socket, %j is read", (text, url) => {
    expect(parseSocketUrl(text)).toEqual(url);
  });
});

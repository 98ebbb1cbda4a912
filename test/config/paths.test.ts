import { describe, expect, it } from "vitest";
import { parseOwnership, parseUser } from "../../src/config/accounts.ts";
import { absolutePath, expandUser, hasExistingParent, isExistingDirectory } from "../../src/config/paths.ts";
import { temporaryDirectory } from "../../src/config/temporary-directory.ts";
import { aWorld } from "./ini/a-world.ts";

const world = aWorld({ "/base/logs/x": "" });

describe("a path", () => {
  it.each([
    ["~", "/root"],
    ["~/x", "/root/x"],
    ["~www/x", "/var/www/x"],
    ["~nobody/x", "~nobody/x"],
    ["a/~", "a/~"],
  ])("%s has its home directory filled in", (path, expanded) => {
    expect(expandUser(path, world)).toBe(expanded);
  });

  it("at the root's home has one slash", () => {
    const atRoot = { ...world, homeDirectory: () => "/" };
    expect([expandUser("~", atRoot), expandUser("~/x", atRoot)]).toEqual(["/", "/x"]);
  });

  it("is absolute from where the daemon was started", () => {
    expect(absolutePath("logs/../x", world)).toBe("/base/x");
    expect(absolutePath("~/x", world)).toBe("/root/x");
  });

  it.each([
    ["x.log", true],
    ["logs/x.log", true],
    ["/x.log", true],
    ["~/x.log", true],
    ["/tmp//x.log", true],
    ["none/x.log", false],
    ["/none/x.log", false],
  ])("%s has an existing parent: %j", (path, exists) => {
    expect(hasExistingParent(path, world)).toBe(exists);
  });

  it("is a directory when the system says so", () => {
    expect(["logs", "~", "/none"].map((path) => isExistingDirectory(path, world))).toEqual([true, true, false]);
  });

  it("for temporary files is what the environment names, if it exists", () => {
    const inEnv = (TMPDIR: string) => temporaryDirectory({ ...world, env: { TMPDIR } });
    expect([inEnv("logs"), inEnv("/none"), inEnv("")]).toEqual(["/base/logs", "/tmp", "/tmp"]);
  });
});

describe("an account", () => {
  it("is known by name or number", () => {
    expect([parseUser("www", world)?.uid, parseUser(" +33", world)?.name, parseUser("nosuch", world)]).toEqual([
      33,
      "www",
      undefined,
    ]);
  });

  it.each([
    ["www", { uid: 33, gid: -1 }],
    ["www:root", { uid: 33, gid: 0 }],
    ["33:34", { uid: 33, gid: 34 }],
    ["www:nosuch", undefined],
    ["nosuch:www", undefined],
    ["www:", undefined],
  ])("owns a file as %j", (text, owner) => {
    expect(parseOwnership(text, world)).toEqual(owner);
  });
});

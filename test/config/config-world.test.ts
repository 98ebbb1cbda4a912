import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { offlineConfigWorld, systemConfigWorld } from "../../src/os/config-world.ts";

const folder = mkdtempSync(join(tmpdir(), "taskmaster-world-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "sub"));
writeFileSync(join(folder, "text"), "\ufeffé");
writeFileSync(join(folder, "latin1"), Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xe9, 0x0a]));

describe("the system that a configuration is read on", () => {
  const world = systemConfigWorld();

  it("knows users and groups by name and by number", () => {
    expect(world.findUser("root")).toEqual({ uid: 0, gid: 0, name: "root" });
    expect(world.findUser("0")).toEqual({ uid: 0, gid: 0, name: "root" });
    expect(world.findGroup("root")).toBe(0);
    expect(world.findGroup("0")).toBe(0);
  });

  it("knows when there is no such account", () => {
    expect([world.findUser("no such user"), world.findUser("987654321"), world.findUser("")]).toEqual([null, null, null]);
    expect([world.findGroup("no such group"), world.findGroup("987654321")]).toEqual([null, null]);
  });

  it("knows home directories", () => {
    expect(world.homeDirectory("root")).toBe("/root");
    expect(world.homeDirectory(null)).toBe(process.env.HOME ?? userInfo().homedir);
    expect(world.homeDirectory("no such user")).toBeNull();
  });

  it("reads files and directories", () => {
    expect(world.readFile(join(folder, "text"))).toBe("\ufeffé");
    expect([...world.listDirectory(folder)].sort()).toEqual(["latin1", "sub", "text"]);
    expect(world.listDirectory(join(folder, "none"))).toEqual([]);
    expect(["", "sub", "text", "none"].map((name) => world.isDirectory(join(folder, name)))).toEqual([true, true, false, false]);
    expect(["sub", "text", "none"].map((name) => world.exists(join(folder, name)))).toEqual([true, true, false]);
  });

  it("says why it cannot read a file", () => {
    expect(() => world.readFile(join(folder, "none"))).toThrow(expect.objectContaining({ code: "ENOENT" }));
    expect(() => world.readFile(join(folder, "sub"))).toThrow(expect.objectContaining({ code: "EISDIR" }));
    expect(() => world.readFile(join(folder, "latin1"))).toThrow(new TypeError("line 3 is no UTF-8 text"));
  });
});

describe("the system of an offline check", () => {
  const world = offlineConfigWorld();

  it("has every directory and every account, with the id -1 where it is unknown here", () => {
    expect(world.isDirectory("/no/such/place")).toBe(true);
    expect(world.findUser("no-such-user")).toEqual({ uid: -1, gid: -1, name: "no-such-user" });
    expect(world.findUser("987654321")).toEqual({ uid: 987654321, gid: -1, name: "987654321" });
    expect([world.findGroup("no-such-group"), world.findGroup("987654321")]).toEqual([-1, 987654321]);
    expect(world.findUser("root")).toEqual({ uid: 0, gid: 0, name: "root" });
  });
});

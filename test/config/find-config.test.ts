import { describe, expect, it } from "vitest";
import { configSearchPaths, findConfig } from "../../src/config/find-config.ts";
import { aWorld } from "./ini/a-world.ts";

const find = (...files: readonly string[]) =>
  findConfig("/opt/tm/bin/taskmasterd", aWorld(Object.fromEntries(files.map((file) => [file, ""]))));

describe("the search for a configuration", () => {
  it("finds our file before any of supervisord's", () => {
    expect(find("/opt/tm/etc/supervisord.conf", "/etc/taskmaster/taskmaster.yml")).toMatchObject({
      ok: true,
      value: "/etc/taskmaster/taskmaster.yml",
    });
  });

  it("looks beside the program, then in the current directory, then in /etc", () => {
    expect(find("/opt/tm/taskmaster.yaml", "/base/taskmaster.yaml")).toMatchObject({ value: "/opt/tm/taskmaster.yaml" });
    expect(find("/base/etc/supervisord.conf", "/etc/supervisord.conf")).toMatchObject({ value: "etc/supervisord.conf" });
    expect(find("/etc/supervisor/supervisord.conf")).toMatchObject({ value: "/etc/supervisor/supervisord.conf" });
  });

  it("keeps supervisord's own list", () => {
    expect(configSearchPaths("/usr/bin/taskmasterd").slice(-6)).toEqual([
      "/usr/etc/supervisord.conf",
      "/usr/supervisord.conf",
      "supervisord.conf",
      "etc/supervisord.conf",
      "/etc/supervisord.conf",
      "/etc/supervisor/supervisord.conf",
    ]);
  });

  it("names every place when there is none", () => {
    const outcome = find();
    expect(outcome.ok ? "" : outcome.errors[0]?.message).toBe(
      `No config file found at default paths (${configSearchPaths("/opt/tm/bin/taskmasterd").join(", ")}); ` +
        "use the -c option to specify a config file at a different path",
    );
  });
});

import { describe, expect, it } from "vitest";
import { ConfigProblem } from "../../../src/config/ini/config-problem.ts";
import { environmentNames, expand, extend } from "../../../src/config/ini/expand.ts";

const names = extend(environmentNames(null, { HOME: "/root", GONE: undefined }), { here: "/etc", process_num: 7 });

describe("an expansion", () => {
  it.each([
    ["%(here)s/%(ENV_HOME)s", "/etc//root"],
    ["%(process_num)02d-%(process_num)d-%(process_num)s", "07-7-7"],
    ["%(process_num)-3d|%(process_num)+d|%(process_num)x|%(process_num)#o|%(process_num).3d", "7  |+7|7|0o7|007"],
    ["%(here)6s|%(here)-6s|%(here).2s", "  /etc|/etc  |/e"],
    ["100%% of %%(here)s", "100% of %(here)s"],
    ["no names", "no names"],
  ])("makes %j into %j", (text, expanded) => {
    expect(expand(text, names, "x")).toBe(expanded);
  });

  it("takes the innermost of equal names", () => {
    expect(expand("%(here)s", extend(names, { here: "/in" }), "x")).toBe("/in");
  });

  it("of an unknown name lists the names there are", () => {
    expect(() => expand("%(nope)s", names, "program:x.command")).toThrow(
      new ConfigProblem(
        "Format string '%(nope)s' for 'program:x.command' contains names ('nope') which cannot be expanded. " +
          "Available names: ENV_HOME, here, process_num",
      ),
    );
  });

  it.each([
    ["date +%F", "must be real number, not dict"],
    ["100%", "incomplete format"],
    ["%(here", "incomplete format key"],
    ["%(here)", "incomplete format"],
    ["%(here)d", "%d format: a real number is required, not str"],
    ["%(here)z", "unsupported format character 'z' (0x7a) at index 7"],
    ["%(process_num)s %d", "not enough arguments for format string"],
    ["%(here)99999999999s", "width too big"],
  ])("is refused for %j: %s", (text, reason) => {
    expect(() => expand(text, names, "x")).toThrow(
      new ConfigProblem(`Format string '${text}' for 'x' is badly formatted: ${reason}`),
    );
  });

  it("never prints the whole environment, as a bare %s does in Python", () => {
    expect(() => expand("%s", names, "x")).toThrow("%s lacks a name, as in %(program_name)s");
  });
});

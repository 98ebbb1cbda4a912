import { describe, expect, it } from "vitest";
import { parseArguments } from "../../ctl/line/arguments.ts";
import type { Command, CommandOption } from "../../ctl/line/command.ts";
import { done } from "../../ctl/remote/reply.ts";

const OPTIONS: readonly CommandOption[] = [
  { name: "follow", short: "f", text: "" },
  { name: "since", short: "s", placeholder: "TIME", text: "" },
];

function aCommand(facts: Partial<Command> = {}): Command {
  return { name: "x", summary: "", forms: [], completes: [], options: OPTIONS, run: async () => done(), ...facts };
}

function parse(text: string, facts: Partial<Command> = {}, words: readonly string[] | null = null) {
  const { given, problem } = parseArguments(aCommand(facts), text, words);
  if (problem !== null) return problem;
  const { words: rest, switches, values } = given;
  return {
    words: rest,
    options: { ...Object.fromEntries([...switches].map((name) => [name, true])), ...Object.fromEntries(values) },
  };
}

describe("the words of a command", () => {
  it.each<readonly [string, readonly string[], object]>([
    ["", [], {}],
    ["a b", ["a", "b"], {}],
    ["a --follow b", ["a", "b"], { follow: true }],
    ["-f a -s 10m b", ["a", "b"], { follow: true, since: "10m" }],
    ["--since=10m a", ["a"], { since: "10m" }],
    ["--since --follow", [], { since: "--follow" }],
    ["-1600 a --2", ["-1600", "a", "--2"], {}],
    ["-x a", ["-x", "a"], {}],
    ["-- --follow -f", ["--follow", "-f"], {}],
    ["--json a --no-color", ["a"], { json: true, "no-color": true }],
    ["a'b c'd", ["a'b", "c'd"], {}],
  ])("%j", (text, words, options) => {
    expect(parse(text)).toEqual({ words, options });
  });

  it("are split as a shell does it where the command wants that", () => {
    expect(parse(`'a b' c\\ d --since "1 h"`, { quoting: true })).toEqual({ words: ["a b", "c d"], options: { since: "1 h" } });
    expect(parse("it's", { quoting: true })).toBe("No closing quotation");
  });

  it("keep the limits of the command line then, and only then", () => {
    expect(parse("a b", { quoting: true }, ["a b"])).toMatchObject({ words: ["a b"] });
    expect(parse("a b", {}, ["a b"])).toMatchObject({ words: ["a", "b"] });
  });
});

describe("an option that the command does not have", () => {
  it("is refused, with the one that was probably meant", () => {
    expect(parse("--folow a")).toBe("no such option: --folow; did you mean --follow?");
    expect(parse("--xyzzy a")).toBe("no such option: --xyzzy");
  });
});

describe("an option's value", () => {
  it("is required where there is one, and refused where there is none", () => {
    expect(parse("a --since")).toBe("option --since requires a value: TIME");
    expect(parse("--follow=1")).toBe("option --follow takes no value");
  });
});

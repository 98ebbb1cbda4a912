import { describe, expect, it } from "vitest";
import { ConfigProblem } from "../../../src/config/ini/config-problem.ts";
import { parseEnvironment } from "../../../src/config/ini/environment.ts";

describe("an environment list", () => {
  it.each([
    ["A=1,B=2", { A: "1", B: "2" }],
    ["A=1 , B=2", { A: "1", B: "2" }],
    ["A=1,", { A: "1" }],
    ["A=1,\n B=2\n", { A: "1", B: "2" }],
    [`A="1,2",B='x y'`, { A: "1,2", B: "x y" }],
    ["A=a-b/c.d:e+f()", { A: "a-b/c.d:e+f()" }],
    ["A=1,A=2", { A: "2" }],
    ["A=1;B=2", { A: "1", B: "2" }],
    ["FOO=bar baz", { FOO: "bar" }],
    ['A="" ', { A: "" }],
    ['A="$HOME"', { A: "$HOME" }],
    ["", {}],
  ])("%j is read", (text, variables) => {
    expect(parseEnvironment(text)).toEqual(variables);
  });

  it.each([
    ["A=$HOME", { A: "$" }, "the rest is a separator"],
    ["A=~/x", { A: "~" }, "the rest is a separator"],
    ["A=*", { A: "*" }, "any character may be a value"],
    ['A="a\\"b"', { A: "a\\" }, "a backslash escapes nothing"],
    ["A=''abc", { A: "" }, "the quoted part is a value of its own"],
    ["A=1#x,B=2", { A: "1" }, "a comment goes to the end"],
    ["A=1#x\nB", { A: "1B" }, "a word goes on after a comment"],
    [`A="'q'"`, { A: "q" }, "all quotes around a value are dropped"],
  ])("%j is read as %j: %s", (text, variables) => {
    expect(parseEnvironment(text)).toEqual(variables);
  });

  it.each(["A=a@b", "A=x=y", "A={x}", "A=foo%bar", "A=a\\ b", "A", "A=", "=1"])("%j must be quoted or completed", (text) => {
    expect(() => parseEnvironment(text)).toThrow(new ConfigProblem(`Unexpected end of key/value pairs in value '${text}'`));
  });

  it.each(['A="x', "A='"])("%j needs its closing quote", (text) => {
    expect(() => parseEnvironment(text)).toThrow(new ConfigProblem("No closing quotation"));
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandLineOfWords, parseCommandLine } from "../../src/config/command-line.ts";

describe("a command", () => {
  it.each([
    ["cat", ["cat"]],
    [" a  b\n\tc ", ["a", "b", "c"]],
    [`'a b'c"d e"`, ["a bcd e"]],
    [`a\\ b \\'`, ["a b", "'"]],
    [`"a\\"b\\\\c\\d"`, [`a"b\\c\\d`]],
    ["'' \"\"", ["", ""]],
    ["echo $HOME ~ * # ;", ["echo", "$HOME", "~", "*", "#", ";"]],
    ["", []],
    ["  ", []],
  ])("%j is split as a shell splits it", (text, words) => {
    expect(parseCommandLine(text)).toEqual({ text, words, problem: null });
  });

  it.each([
    ["a 'b", "No closing quotation"],
    ['a "b', "No closing quotation"],
    ["a \\", "No escaped character"],
    ['a "\\', "No escaped character"],
  ])("%j keeps its problem for the start of the process", (text, problem) => {
    expect(parseCommandLine(text)).toEqual({ text, words: [], problem });
  });

  it("of words is one line that splits into the same words", () => {
    expect(commandLineOfWords(["sh", "-c", "it's", ""]).text).toBe(`sh -c 'it'"'"'s' ''`);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (words) => {
        expect(parseCommandLine(commandLineOfWords(words).text).words).toEqual(words);
      }),
    );
  });
});

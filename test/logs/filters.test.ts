import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnsiStripper } from "../../src/logs/strip-ansi.ts";
import { WholeLines } from "../../src/logs/whole-lines.ts";

function strip(...chunks: string[]): string {
  const stripper = new AnsiStripper();
  const kept = chunks.map((chunk) => stripper.take(Buffer.from(chunk, "latin1")).toString("latin1"));
  return kept.join("") + stripper.end().toString("latin1");
}

describe("stripping of control sequences", () => {
  it.each([
    ["plain", "plain"],
    ["\x1b[31mred\x1b[0m", "red"],
    ["a\x1b[2Jb\x1b[1;2Hc\x1b[Kd", "abcd"],
    ["\x1b[?25lhidden\x1b[?25h", "hidden"],
    ["\x1b[38;2;1;2;3mrgb\x1b[m", "rgb"],
    ["column\x1b[5G!", "column!"],
    ["\x1b\x1b[1mdouble", "\x1bdouble"],
    ["only \x1b and [1m", "only \x1b and [1m"],
    ["\x1b[ü stays", "\x1b[ü stays"],
    ["\x1b[12", "\x1b[12"],
  ])("makes %j of it: %j", (text, expected) => {
    expect(strip(text)).toBe(expected);
  });

  it("does not depend on how the stream is cut", () => {
    const piece = fc.constantFrom("a", "\n", "\x1b", "\x1b[", "\x1b[1;31m", "\x1b[K", "[", "m", "é", "0;", " ");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(40), { maxLength: 5 }), (pieces, cuts) => {
        const text = pieces.join("");
        const marks = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
        const chunks = marks.slice(1).map((mark, index) => text.slice(marks[index], mark));
        expect(strip(...chunks)).toBe(strip(text));
      }),
    );
  });

  it("gives up on a sequence that no terminal would know", () => {
    const long = `\x1b[${"1;".repeat(1000)}m`;
    expect(strip(long)).toBe(long);
    expect(strip(...long)).toBe(long);
  });
});

describe("whole lines", () => {
  function pass(...chunks: string[]): string[] {
    const lines = new WholeLines();
    return [...chunks.map((chunk) => lines.take(Buffer.from(chunk)).toString()), lines.end().toString()];
  }

  it("are passed on when they are complete, the last one at the end", () => {
    expect(pass("a\nb", "c", "d\ne\n", "f")).toEqual(["a\n", "", "bcd\ne\n", "", "f\n"]);
    expect(pass("a\n")).toEqual(["a\n", ""]);
  });

  it("are not waited for without end", () => {
    const long = "x".repeat(50_000);
    expect(pass(long, long, "y\n")).toEqual(["", long + long, "y\n", ""]);
    expect(pass(`a\n${long}${long}`)).toEqual([`a\n${long}${long}`, ""]);
  });
});

import { describe, expect, it } from "vitest";
import { quoteBytes } from "../../src/model/quote.ts";
import { runPython } from "../support/python.ts";

describe("bytes in quotes", () => {
  it("look as Python's repr writes them", () => {
    const all = Array.from({ length: 256 }, (_, byte) => byte);
    const cases = [[], all, [...all].reverse(), [0x27], [0x22], [0x27, 0x22], [0x5c, 0x27], [0x0a, 0x0d, 0x09, 0x00, 0x7f]];
    const expected = runPython("output = [repr(bytes(each)) for each in input]", cases);
    expect(cases.map((bytes) => quoteBytes(Buffer.from(bytes)))).toEqual(expected);
  });
});

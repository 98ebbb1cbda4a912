import { describe, expect, it } from "vitest";
import type { RpcValue } from "../../src/rpc/value.ts";
import { encodeFault, encodeResponse } from "../../src/rpc/xml/encode.ts";
import { runPython } from "../support/python.ts";

const VALUES: Readonly<Record<string, RpcValue>> = {
  "a string": "3.0",
  "an empty string": "",
  "markup characters": `a & b < c > d " e ' f ]]>`,
  "text beyond ASCII": "naïve – 日本語 🚀",
  "line feeds and tabs": "one\n\ttwo\n",
  "an integer": 42,
  zero: 0,
  "a negative integer": -7,
  "the largest integer": 2147483647,
  "the smallest integer": -2147483648,
  "a double": 1.5,
  true: true,
  false: false,
  "an empty array": [],
  "an array": ["a", 1, false, ["nested"]],
  "an empty struct": {},
  "a struct in the order of its members": { statecode: 1, statename: "RUNNING", another: [{ "a&b": "" }] },
};

describe("an answer", () => {
  const names = Object.keys(VALUES);
  const python = runPython(
    "import xmlrpc.client\noutput = [xmlrpc.client.dumps((value,), methodresponse=True) for value in input]",
    Object.values(VALUES),
  ) as string[];

  it.each(names)("with %s is what Python's xmlrpc.client writes", (name) => {
    expect(encodeResponse(VALUES[name] ?? null).join("")).toBe(python[names.indexOf(name)]);
  });

  it("carries a fault as Python's xmlrpc.client does", () => {
    const expected = runPython(
      "import xmlrpc.client\noutput = xmlrpc.client.dumps(xmlrpc.client.Fault(10, input))",
      "BAD_NAME: a<b",
    );
    expect(encodeFault({ name: "BAD_NAME", detail: "a<b" }).join("")).toBe(expected);
  });

  it("carries a fault without a detail by its name alone", () => {
    expect(encodeFault({ name: "SHUTDOWN_STATE" }).join("")).toContain("<string>SHUTDOWN_STATE</string>");
  });
});

describe("an answer with what XML or XML-RPC cannot carry", () => {
  const loads = (values: readonly RpcValue[]): unknown =>
    runPython(
      "import xmlrpc.client\noutput = [xmlrpc.client.loads(text)[0][0] for text in input]",
      values.map((value) => encodeResponse(value).join("")),
    );

  it("has U+FFFD for each character that XML forbids, and every parser takes it", () => {
    expect(
      loads(["\u001b[31mred\u001b[0m", "nul \u0000 bell \u0007", "\ufffe\uffff", "half \ud83d pair", "\udca9 other"]),
    ).toEqual(["\ufffd[31mred\ufffd[0m", "nul \ufffd bell \ufffd", "\ufffd\ufffd", "half \ufffd pair", "\ufffd other"]);
  });

  it("is the same wherever a long text is cut to be escaped", () => {
    for (const text of ["💩", "\ud83d", "\udca9", "\ufffe", "é&", "\u0000", "<\r>"]) {
      for (const before of [16_381, 16_382, 16_383, 16_384]) {
        const [short = "", long = ""] = ["", "x".repeat(before)].map((start) => encodeResponse(`&${start}${text}|`).join(""));
        expect(long.replace("x".repeat(before), "")).toBe(short);
      }
    }
  });

  it("keeps the carriage returns that a parser would make line feeds", () => {
    expect(loads(["dos\r\nlines\r\n", "progress 1%\rprogress 2%\r"])).toEqual(["dos\r\nlines\r\n", "progress 1%\rprogress 2%\r"]);
  });

  it("keeps C1 control characters and surrogate pairs, which XML allows", () => {
    expect(loads(["\u0085\u009f\u007f", "💩"])).toEqual(["\u0085\u009f\u007f", "💩"]);
  });

  it("has the nearest integer for one of more than 32 bits", () => {
    expect(loads([3 * 1024 ** 3, -(2 ** 40), Number.MAX_VALUE, Number.POSITIVE_INFINITY])).toEqual([
      2147483647, -2147483648, 2147483647, 2147483647,
    ]);
  });

  it("escapes the names of members too", () => {
    expect(loads([{ "<&>\u0001": 1 }])).toEqual([{ "<&>\ufffd": 1 }]);
  });
});

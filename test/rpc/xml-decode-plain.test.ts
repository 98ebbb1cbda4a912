import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAnyRequest, decodeRequest } from "../../src/rpc/xml/decode.ts";
import { decodePlainRequest } from "../../src/rpc/xml/decode-plain.ts";

/** Pieces of calls, right and wrong; what comes of joining them is often nearly a call. */
const piece = fc.oneof(
  fc.constantFrom(
    "<?xml version='1.0'?>",
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<methodCall>",
    "</methodCall>",
    "<methodName>supervisor.getState</methodName>",
    "<methodName> x</methodName>",
    "<params>",
    "</params>",
    "<params/>",
    "<param>",
    "</param>",
    "<value>",
    "</value>",
    "<param><value><string>web:*</string></value></param>",
    "<param><value><string> ]]&gt; </string></value></param>",
    "<param>\n<value><int>-17</int></value>\n</param>\n",
    "<param><value><i4>007</i4></value></param>",
    "<param><value><int>2147483648</int></value></param>",
    "<param><value><boolean>0</boolean></value></param>",
    "<param><value>bare</value></param>",
    "\n",
    "\r",
    " ",
    "\u0000",
    "é",
  ),
  fc.string({ maxLength: 3 }),
);

function callOf(pieces: readonly string[]): string {
  return `<methodCall><methodName>a.b</methodName><params>${pieces.join("")}</params></methodCall>`;
}

describe("the quick reader of calls", () => {
  it("reads what clients send", () => {
    const python = "<?xml version='1.0'?>\n<methodCall>\n<methodName>supervisor.startProcess</methodName>\n<params>\n";
    const params =
      "<param>\n<value><string>web</string></value>\n</param>\n<param>\n<value><boolean>1</boolean></value>\n</param>\n";
    expect(decodePlainRequest(Buffer.from(`${python}${params}</params>\n</methodCall>\n`))).toEqual({
      method: "supervisor.startProcess",
      params: ["web", true],
    });
    const npm = '<?xml version="1.0"?><methodCall><methodName>system.listMethods</methodName><params/></methodCall>';
    expect(decodePlainRequest(Buffer.from(npm))).toEqual({ method: "system.listMethods", params: [] });
  });

  it("reads nothing otherwise than the parser does", () => {
    const documents = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      fc.array(piece, { maxLength: 6 }).map(callOf),
    );
    fc.assert(
      fc.property(documents, (document) => {
        const plain = decodePlainRequest(Buffer.from(document));
        if (plain !== null) expect(plain).toEqual(decodeAnyRequest(Buffer.from(document)));
      }),
      { numRuns: 20_000 },
    );
  });

  it("does so in calls with one byte changed", () => {
    const call = Buffer.from(
      callOf(["<param><value><string>a</string></value></param>\n<param><value><i4>12</i4></value></param>"]),
    );
    for (let index = 0; index < call.length; index++)
      for (let byte = 0; byte < 256; byte++) {
        const changed = Buffer.from(call);
        changed[index] = byte;
        const plain = decodePlainRequest(changed);
        if (plain !== null) expect(plain).toEqual(decodeAnyRequest(changed));
      }
  });

  it("leaves to the parser what is long", () => {
    const long = callOf([`<param><value><string>${"x".repeat(5000)}</string></value></param>`]);
    expect(decodePlainRequest(Buffer.from(long))).toBeNull();
    expect(decodeRequest(Buffer.from(long)).params).toEqual(["x".repeat(5000)]);
  });
});

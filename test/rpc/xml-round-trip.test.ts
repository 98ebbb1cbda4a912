import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RpcValue } from "../../src/rpc/value.ts";
import { decodeRequest } from "../../src/rpc/xml/decode.ts";
import { MalformedXml } from "../../src/rpc/xml/element.ts";
import { encodeResponse, encodeValue } from "../../src/rpc/xml/encode.ts";
import { runPython } from "../support/python.ts";

/** Text of characters that XML can carry. */
const text = fc
  .string({ unit: "binary" })
  .filter((value) => !/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(value));

const { value } = fc.letrec<{ value: RpcValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.boolean(),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
}));

const date = fc.date({ min: new Date("1000-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true });

function roundTrip(sent: RpcValue): unknown {
  const xml = `<methodCall><methodName>m</methodName><params><param>\n${encodeValue(sent)}</param></params></methodCall>`;
  return decodeRequest(Buffer.from(xml, "utf8")).params[0];
}

describe("the codec", () => {
  it("reads what it writes", () => {
    fc.assert(
      fc.property(value, (sent) => {
        expect(roundTrip(sent)).toEqual(sent);
      }),
    );
  });

  it("reads fractions that it writes", () => {
    const fraction = fc.double({ noDefaultInfinity: true, noNaN: true }).filter((number) => !Number.isInteger(number));
    fc.assert(
      fc.property(fraction, (sent) => {
        expect(roundTrip(sent)).toBe(sent);
      }),
    );
  });

  it("reads dates that it writes, to the second", () => {
    fc.assert(
      fc.property(date, (sent) => {
        expect(roundTrip(sent)).toEqual(new Date(Math.floor(sent.getTime() / 1000) * 1000));
      }),
    );
  });

  it("reads or refuses any bytes, and never fails otherwise", () => {
    const almostXml = fc
      .array(
        fc.constantFrom(
          "<",
          ">",
          "/",
          "methodCall",
          "params",
          "value",
          "&",
          ";",
          "<!",
          "[",
          "]]>",
          "<?",
          "?>",
          "'",
          "=",
          "#x",
          "a",
        ),
      )
      .map((parts) => Buffer.from(parts.join("")));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
          almostXml,
        ),
        (body) => {
          try {
            decodeRequest(body);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedXml);
          }
        },
      ),
    );
  });

  it("writes answers that Python reads, whatever a string holds", () => {
    const sent = fc.sample(fc.oneof(value, fc.string({ unit: "binary" })), { numRuns: 300, seed: 1 });
    const read = runPython(
      "import xmlrpc.client\noutput = [xmlrpc.client.loads(text)[0][0] for text in input]",
      sent.map((each) => encodeResponse(each).join("")),
    );
    const expected = sent.map((each) =>
      typeof each === "string" ? each.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd") : each,
    );
    expect(read).toEqual(expected);
  });
});

import { describe, expect, it } from "vitest";
import { decodeRequest, type RpcRequest } from "../../src/rpc/xml/decode.ts";
import { MalformedXml } from "../../src/rpc/xml/element.ts";
import { runPython } from "../support/python.ts";

function decode(text: string): RpcRequest {
  return decodeRequest(Buffer.from(text, "utf8"));
}

/** The value of one argument written as given. */
function decodeValue(value: string): unknown {
  return decode(`<methodCall><methodName>m</methodName><params><param>${value}</param></params></methodCall>`).params[0];
}

function expectMalformed(text: string): void {
  expect(() => decode(text)).toThrow(MalformedXml);
}

function expectMalformedValue(value: string): void {
  expect(() => decodeValue(value)).toThrow(MalformedXml);
}

describe("a request of Python's xmlrpc.client", () => {
  const calls: Readonly<Record<string, readonly unknown[]>> = {
    "no arguments": [],
    strings: ["", "a", " padded ", "<&>\"'", "naïve 🚀", "line\nline"],
    "integers and doubles": [0, -1, 2147483647, -2147483648, 1.5, -2.25e-7, 1e100],
    booleans: [true, false],
    "nested arrays and structs": [[], {}, [[1, ["x"]], { a: { b: [true] } }]],
    "member names that mean something elsewhere": [{ __proto__x: 1, constructor: 2, "": 3, "1": 4 }],
  };
  const texts = runPython(
    "import xmlrpc.client\noutput = [xmlrpc.client.dumps(tuple(args), 'supervisor.startProcess') for args in input]",
    Object.values(calls),
  ) as string[];

  it.each(Object.keys(calls))("with %s is read as it was meant", (name) => {
    const text = texts[Object.keys(calls).indexOf(name)] ?? "";
    expect(decode(text)).toEqual({ method: "supervisor.startProcess", params: calls[name] });
  });

  it("reads a date, and bytes as the UTF-8 that they hold", () => {
    const text = runPython(
      "import datetime, xmlrpc.client\n" +
        "output = xmlrpc.client.dumps((datetime.datetime(2026, 11, 23, 1, 2, 3), xmlrpc.client.Binary('é'.encode())), 'm')",
      null,
    ) as string;
    expect(decode(text).params).toEqual([new Date("2026-11-23T01:02:03Z"), "é"]);
  });
});

describe("the method of a request", () => {
  it("is taken verbatim, with its blanks", () => {
    expect(decode("<methodCall><methodName> supervisor.getPID </methodName></methodCall>").method).toBe(" supervisor.getPID ");
  });

  it("is empty when there is none", () => {
    expect(decode("<methodCall><params/></methodCall>").method).toBe("");
    expect(decode("<methodCall><methodName/></methodCall>").method).toBe("");
  });

  it("is found whatever the root element is called", () => {
    expect(decode("<anything><methodName>system.listMethods</methodName></anything>").method).toBe("system.listMethods");
  });

  it("needs no params", () => {
    expect(decode("<methodCall><methodName>m</methodName></methodCall>").params).toEqual([]);
    expect(decode("<methodCall><methodName>m</methodName><params></params></methodCall>").params).toEqual([]);
  });
});

describe("a value", () => {
  it("without a type is its text verbatim", () => {
    expect(decodeValue("<value>  bare &amp; text\n</value>")).toBe("  bare & text\n");
    expect(decodeValue("<value></value>")).toBe("");
    expect(decodeValue("<value/>")).toBe("");
  });

  it("may have blanks around its type", () => {
    expect(decodeValue("<value>\n  <int>5</int>\n</value>")).toBe(5);
  });

  it.each([
    ["<int>5</int>", 5],
    ["<i4>-5</i4>", -5],
    ["<int> +7 </int>", 7],
    ["<boolean>1</boolean>", true],
    ["<boolean>0</boolean>", false],
    ["<boolean>true</boolean>", false],
    ["<boolean> 1</boolean>", false],
    ["<boolean/>", false],
    ["<string/>", ""],
    ["<string><![CDATA[<raw> & ]]>text</string>", "<raw> & text"],
    ["<string>one<!-- comment -->two</string>", "onetwo"],
    ["<double>1.50</double>", 1.5],
    ["<double>-1e3</double>", -1000],
    ["<base64>aGVs\nbG8=</base64>", "hello"],
    ["<base64/>", ""],
    ["<array><data/></array>", []],
    ["<array><data><value><i4>1</i4></value><value>x</value></data></array>", [1, "x"]],
    ["<struct/>", {}],
    ["<i8>12</i8>", "12"],
    ["<nil/>", null],
    ["<ex:i8 xmlns:ex='u'>12</ex:i8>", "12"],
  ])("%s is %j", (text, expected) => {
    expect(decodeValue(`<value>${text}</value>`)).toEqual(expected);
  });

  it("holds the line ends and references that a parser makes of them", () => {
    expect(decodeValue("<value><string>a\r\nb\rc&#13;d&#x41;&lt;&gt;&quot;&apos;</string></value>")).toBe("a\nb\nc\rdA<>\"'");
  });

  it.each([
    "<int>five</int>",
    "<int/>",
    "<int>1.5</int>",
    "<i4>0x10</i4>",
    "<double>much</double>",
    "<dateTime.iso8601>today</dateTime.iso8601>",
    "<dateTime.iso8601>20260231T00:00:00</dateTime.iso8601>",
    "<dateTime.iso8601>20261123T25:00:00</dateTime.iso8601>",
    "<base64>//79</base64>",
    "<array/>",
    "<array><value>x</value></array>",
    "<struct><member><name>a</name></member></struct>",
    "<struct><member><value>a</value></member></struct>",
    "<struct><member><name>a</name><value>1</value><value>2</value></member></struct>",
    "<struct><member><value>a</value><name>a</name></member></struct>",
  ])("%s makes the request malformed", (text) => {
    expectMalformedValue(`<value>${text}</value>`);
  });

  it("must be there in a param", () => {
    expectMalformedValue("");
  });

  it("may be a type that stands alone in a param", () => {
    expect(decodeValue("<int>3</int>")).toBe(3);
  });

  it("of a member cannot reach a prototype", () => {
    const struct = decodeValue(
      "<value><struct><member><name>__proto__</name><value><struct><member><name>polluted</name><value>yes</value>" +
        "</member></struct></value></member><member><name>toString</name><value>x</value></member></struct></value>",
    ) as Record<string, unknown>;
    expect(Object.getPrototypeOf(struct)).toBe(null);
    expect(Object.keys(struct)).toEqual(["__proto__", "toString"]);
    expect(struct.polluted).toBe(undefined);
    expect(({} as Record<string, unknown>).polluted).toBe(undefined);
  });
});

describe("a body", () => {
  it.each([
    "",
    "   ",
    "not XML",
    "<methodCall>",
    "<methodCall></methodcall>",
    "<a/><b/>",
    "<a/>text",
    "<a b></a>",
    "<a>&unknown;</a>",
    "<a>&constructor;</a>",
    "<a>& </a>",
    "<a>\u0001</a>",
    "<a>&#1;</a>",
    "<a>&#xfffe;</a>",
    "<a>\ufffe</a>",
    "<a>&#xd800;</a>",
    "<a><b/>&#1;</a>",
  ])("%j is malformed", (text) => {
    expectMalformed(text);
  });

  it("is UTF-8 whatever its declaration says", () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?><m><methodName>é</methodName></m>`;
    expect(decode(text).method).toBe("é");
    expect(() => decodeRequest(Buffer.from("<m><methodName>\xe9</methodName></m>", "latin1"))).toThrow(MalformedXml);
  });

  it("may begin with a byte order mark", () => {
    expect(decode("\ufeff<m><methodName>x</methodName></m>").method).toBe("x");
  });

  it("may not declare a document type, so no entity can be made up", () => {
    expectMalformed(`<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><m><methodName>&b;</methodName></m>`);
    expectMalformed(`<!DOCTYPE m SYSTEM "file:///etc/passwd"><m><methodName>x</methodName></m>`);
  });

  it("may not nest without end", () => {
    const nest = (depth: number) => `${"<value><array><data>".repeat(depth)}${"</data></array></value>".repeat(depth)}`;
    expect(decodeValue(nest(20))).toBeInstanceOf(Array);
    expectMalformedValue(nest(50));
    expectMalformedValue(nest(100_000));
  });

  it("may not hold elements without end", () => {
    expectMalformedValue(`<value><array><data>${"<value/>".repeat(300_000)}</data></array></value>`);
  });

  it("may not hold names or attributes without end", () => {
    expectMalformed(`<${"a".repeat(300_000)}/>`);
    expectMalformed(`<a b="${"c".repeat(300_000)}"/>`);
    expectMalformed(`<a ${Array.from({ length: 300_000 }, (_, index) => `b${index}=""`).join(" ")}/>`);
  });

  it("may hold attributes of any name", () => {
    const names = ["hasOwnProperty", "__proto__", "constructor", "toString", "xmlns:hasOwnProperty"];
    const attributes = [...names, "a"].map((name) => `${name}="x"`).join(" ");
    expect(decode(`<m ${attributes}><methodName ${attributes}>x</methodName></m>`).method).toBe("x");
  });

  it.each(["int", "double", "dateTime.iso8601"])("is refused soon, however long a bad %s is", (type) => {
    for (const unit of ["1", " ", ".", "1 ", "e1", "-"]) {
      expectMalformedValue(`<value><${type}>1${unit.repeat(1_000_000)}x</${type}></value>`);
    }
  });

  it("may hold characters beyond the first plane anywhere", () => {
    const text = "💩".repeat(100_000);
    expect(decodeValue(`<value><string>a${text}</string></value>`)).toBe(`a${text}`);
    expect(decodeValue(`<value><string>${text}</string></value>`)).toBe(text);
  });

  it("may hold a long text", () => {
    const text = "x&amp;".repeat(200_000);
    expect(decodeValue(`<value><string>${text}</string></value>`)).toBe("x&".repeat(200_000));
  });
});

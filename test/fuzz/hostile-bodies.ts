import type { Random } from "../simulator/random.ts";
import { callBody } from "./valid-calls.ts";

type Body = (random: Random) => string | Buffer;

/** A body that was made to hurt whoever reads it. */
export function hostileBody(random: Random): Buffer {
  const body = random.pick(BODIES)(random);
  return typeof body === "string" ? Buffer.from(body) : body;
}

const BODIES: readonly Body[] = [
  deepValues,
  deepElements,
  giantNumber,
  specialMethod,
  specialMember,
  entityBomb,
  documentType,
  manyAttributes,
  longName,
  manyParameters,
  manyCalls,
  recursiveCalls,
  characterReferences,
  foreignEncoding,
  oddMarkup,
  oddDate,
  oddBase64,
  blankText,
  noise,
];

/** A size that is mostly small, so that the storm stays fast, and sometimes large. */
function size(random: Random, largest: number): number {
  return Math.ceil(largest ** random.next());
}

/** A call whose only argument is already XML. */
function callWith(value: string, method = "supervisor.getProcessInfo"): string {
  return `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params><param>${value}</param></params></methodCall>`;
}

function deepValues(random: Random): string {
  const depth = size(random, 20_000);
  const [open, close] = random.pick([
    ["<value><array><data>", "</data></array></value>"],
    ["<value><struct><member><name>a</name>", "</member></struct></value>"],
  ] as const);
  return callWith(open.repeat(depth) + (random.chance(0.5) ? close.repeat(depth) : ""));
}

function deepElements(random: Random): string {
  return "<a>".repeat(size(random, 50_000));
}

function giantNumber(random: Random): string {
  const type = random.pick(["int", "i4", "double", "boolean", "i8", "dateTime.iso8601"]);
  const digits = random.pick(["9", "0", "-", ".", " ", "1.", "e9"]).repeat(size(random, 100_000));
  const text = `${random.pick(["", "-", "+", "1e", "\n"])}${digits}${random.pick(["", "x", ".", "e", " ", "\t1"])}`;
  return callWith(`<value><${type}>${text}</${type}></value>`, random.pick(["supervisor.readLog", "supervisor.getProcessInfo"]));
}

const SPECIAL = ["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "then", "length"] as const;

function specialMethod(random: Random): string {
  const name = random.pick(SPECIAL);
  return callBody(
    random.pick([name, `supervisor.${name}`, `system.${name}`, `${name}.${name}`, `supervisor.supervisor.${name}`]),
    [],
  );
}

function specialMember(random: Random): string {
  const member = `<member><name>${random.pick(SPECIAL)}</name><value><struct><member><name>polluted</name><value>1</value></member></struct></value></member>`;
  const name = `<member><name>methodName</name><value>supervisor.${random.pick(SPECIAL)}</value></member>`;
  const call = `<value><struct>${member.repeat(random.between(1, 3))}${random.chance(0.5) ? name : ""}</struct></value>`;
  return callWith(`<value><array><data>${call}</data></array></value>`, "system.multicall");
}

function entityBomb(random: Random): string {
  const levels = random.between(1, 30);
  const entities = Array.from({ length: levels }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">${entities.join("")}]>${callWith(`<value>&e${levels};</value>`)}`;
}

function documentType(random: Random): string {
  const type = random.pick([
    '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x PUBLIC "-//x" "http://127.0.0.1/x.dtd">',
    `<!DOCTYPE ${"x".repeat(size(random, 70_000))}`,
    `<!DOCTYPE x [${"[".repeat(size(random, 1000))}`,
    "<!ELEMENT x ANY>",
    "<!doctype html>",
  ]);
  return `${type}${callWith("<value>&f;</value>")}`;
}

function manyAttributes(random: Random): string {
  const count = size(random, 30_000);
  const attributes = Array.from({ length: count }, (_, index) => `a${random.chance(0.1) ? 0 : index}="v"`).join(" ");
  return callWith(`<value ${attributes} ${random.pick(["", "xmlns:"])}${random.pick(SPECIAL)}="x" z="">x</value>`);
}

function longName(random: Random): string {
  const name = "n".repeat(size(random, 200_000));
  return random.pick([
    callBody(name, []),
    `<${name}>`,
    callWith(`<${name}/>`),
    callWith(`<value a="${name}`),
    `<?${name}`,
    `<!--${name}`,
    `&${name};`,
  ]);
}

function manyParameters(random: Random): string {
  return callBody(
    "supervisor.getState",
    Array.from({ length: size(random, 5000) }, (_, index) => index),
  );
}

function manyCalls(random: Random): string {
  const call = { methodName: random.pick(["supervisor.getPID", "system.listMethods", "supervisor.readLog"]), params: [] };
  return callBody("system.multicall", [Array.from({ length: size(random, 500) }, () => call)]);
}

function recursiveCalls(random: Random): string {
  const inner = { methodName: "system.multicall", params: [[{ methodName: "system.multicall", params: [] }]] };
  return callBody("system.multicall", [random.pick([[inner], [[inner]], inner, [1], ["x"], [null], [{ methodName: 1 }], [{}]])]);
}

function characterReferences(random: Random): string {
  const codes = [
    "0",
    "x0",
    "27",
    "x1b",
    "xD800",
    "xDFFF",
    "xFFFE",
    "xFFFF",
    "x110000",
    "99999999999",
    "-1",
    "",
    "x",
    "1e3",
    "x80",
  ];
  const references = Array.from({ length: random.between(1, 5) }, () => `&#${random.pick(codes)};`);
  return callWith(`<value>${references.join("")}</value>`);
}

function foreignEncoding(random: Random): Buffer {
  const text = callWith("<value>é\u{1f600}\u{fffd}</value>");
  return random.pick([
    Buffer.from(`\ufeff${text}`, "utf16le"),
    Buffer.from(text.replace("?>", ' encoding="latin1"?>'), "latin1"),
    Buffer.from(`\ufeff${text}`),
    Buffer.from(text.replace("?>", ' encoding="UTF-7"?>')),
    Buffer.concat([Buffer.from(text.slice(0, -60)), Buffer.from([0xc3, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80, 0xff])]),
    Buffer.from(text.replaceAll("é", "\0")),
  ]);
}

function oddMarkup(random: Random): string {
  return random.pick([
    callWith("<value><![CDATA[]]]]><![CDATA[>]]></value>"),
    callWith("<value><![CDATA[</value>"),
    callWith("<value>]]></value>"),
    callWith("<value><!-- -- --></value>"),
    callWith("<value><?x y?><nil/></value>"),
    callWith("<value><struct><member/></struct></value>"),
    callWith("<value><array/></value>"),
    callWith("<value><a:b xmlns:a='x'/></value>"),
    "<methodCall/><methodCall/>",
    "<methodCall><params/></methodCall>trailing",
    "<?xml version='9.9'?><methodCall/>",
    "<methodCall><methodName>supervisor.getState",
    "",
  ]);
}

function oddDate(random: Random): string {
  const date = random.pick([
    "00000000T00:00:00",
    "20260230T00:00:00",
    "99991231T23:59:60",
    "20261123T24:00:00",
    "2026",
    "-0010101T00:00:00",
  ]);
  return callWith(`<value><dateTime.iso8601>${date}</dateTime.iso8601></value>`);
}

function oddBase64(random: Random): string {
  const text = random.pick(["=", "====", "A", "/////w==", "7aCA", "\0", "!", "QUJD".repeat(size(random, 30_000))]);
  return callWith(`<value><base64>${text}</base64></value>`);
}

function blankText(random: Random): string {
  const blanks = random.pick([" ", "\n", "\r", "\t", "\r\n", "\u{85}", "\u{2028}"]).repeat(size(random, 100_000));
  return random.pick([blanks, callBody(`${blanks}supervisor.getState`, []), callWith(`<value><int>${blanks}</int></value>`)]);
}

function noise(random: Random): Buffer {
  const bytes = Buffer.from(Array.from({ length: size(random, 2000) }, () => random.between(0, 255)));
  if (random.chance(0.3)) return bytes;
  const [head = "", tail = ""] = callWith("<value>|</value>").split("|");
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(tail)]);
}

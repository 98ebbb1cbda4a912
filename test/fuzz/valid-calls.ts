import type { Method } from "../../src/rpc/method.ts";
import type { Parameter } from "../../src/rpc/parameter.ts";
import { METHODS } from "../../src/rpc/table.ts";
import type { RpcValue } from "../../src/rpc/value.ts";
import { encodeValue } from "../../src/rpc/xml/encode.ts";
import type { Random } from "../simulator/random.ts";

/**
 * The methods that are not called. The first two end what is tested; the others would stop the programs whose pids are watched. Stop and
 * signal are tried all the same: on the group of victims, which nothing watches but at the end.
 */
export const HARMFUL_METHODS: readonly string[] = [
  "supervisor.shutdown",
  "supervisor.restart",
  "supervisor.stopAllProcesses",
  "supervisor.signalAllProcesses",
];

/** Whether a request can be sent that a mutation may have turned into anything: it spells none of the methods above. */
export function isHarmless(request: Buffer): boolean {
  return !/shutdown|restart|(stop|signal)All/i.test(request.toString("latin1"));
}

export const CALLABLE: readonly Method[] = METHODS.filter(({ name }) => !HARMFUL_METHODS.includes(name));

/** The names that requests use. The watched programs are not among them. */
const NAMES: readonly string[] = [
  ...["victims:victim_00", "victims:victim_01", "victims:victim_02", "victim_01", "victims", "victims:*", "victims:", "hopeless"],
  ...["nobody", "", ":", "*", "*:*", ":victim_00", "victims:nobody", "__proto__", "constructor:toString", "hasOwnProperty"],
  ...["v\u{1f600}", "a\u{fffd}b", "&<>\"'", "]]>", "../../etc/passwd", "x".repeat(3000)],
];

const SIGNALS: readonly RpcValue[] = [
  "HUP",
  "SIGUSR1",
  "kill",
  "TERM",
  "STOP",
  "CONT",
  "0",
  "9",
  "65",
  "-1",
  "NOPE",
  "",
  15,
  0,
  -9,
  1e9,
];

const NUMBERS: readonly number[] = [0, 1, -1, 10, -10, 1024, 4096, 65_536, 2 ** 31 - 1, -(2 ** 31), 0.5, -0.5];

/** Of processes: each has log files of its own. */
const COUNTS: readonly RpcValue[] = [0, 1, 2, 5, -1, 0.5, 1e6, "3"];

const TEXTS: readonly string[] = ["", "hello\n", "\u{fffd}\r\n\t", "]]><![CDATA[", "é\u{1f600}", "y".repeat(5000)];

/** The body of a call that is well-formed, and in most cases right. */
export function validBody(random: Random): Buffer {
  const method = random.pick(CALLABLE);
  const name = random.pick([method.name, ...method.aliases]);
  return Buffer.from(callBody(name, someArguments(random, method)));
}

export function callBody(method: string, parameters: readonly RpcValue[]): string {
  const params = parameters.map((value) => `<param>\n${encodeValue(value)}</param>\n`).join("");
  return `<?xml version='1.0'?>\n<methodCall>\n<methodName>${method}</methodName>\n<params>\n${params}</params>\n</methodCall>\n`;
}

function someArguments(random: Random, method: Method): readonly RpcValue[] {
  const values = method.parameters
    .filter(({ optional }) => !optional || random.chance(0.5))
    .map((parameter) => (random.chance(0.1) ? someValue(random, 3) : rightValue(random, method, parameter)));
  if (random.chance(0.05)) values.push(someValue(random, 2));
  return random.chance(0.05) ? values.slice(1) : values;
}

function rightValue(random: Random, method: Method, { name, type }: Parameter<unknown>): RpcValue {
  if (name === "signal") return random.pick(SIGNALS);
  if (name === "calls") return Array.from({ length: random.between(0, 6) }, () => someCall(random));
  if (type === "array") return Array.from({ length: random.between(0, 3) }, () => random.pick(NAMES));
  if (name === "numprocs") return random.pick(COUNTS);
  if (type === "int") return random.pick(NUMBERS);
  if (type === "boolean") return random.chance(0.5);
  if (method.name.startsWith("system.")) return random.pick(METHODS).name;
  return name === "name" || name === "program" ? random.pick(NAMES) : random.pick(TEXTS);
}

function someCall(random: Random): RpcValue {
  const method = random.pick(CALLABLE.filter(({ name }) => name !== "system.multicall"));
  return { methodName: method.name, params: someArguments(random, method) };
}

/** Any value, nested at most so deep. */
function someValue(random: Random, depth: number): RpcValue {
  const kind = random.between(0, depth > 0 ? 6 : 4);
  if (kind === 0) return random.pick(NUMBERS);
  if (kind === 1) return random.pick(TEXTS);
  if (kind === 2) return random.chance(0.5);
  if (kind === 3) return new Date(random.between(0, 2_000_000_000) * 1000);
  if (kind === 4) return random.pick(NAMES);
  if (kind === 5) return Array.from({ length: random.between(0, 4) }, () => someValue(random, depth - 1));
  return Object.fromEntries(
    Array.from({ length: random.between(0, 4) }, () => [random.pick(NAMES), someValue(random, depth - 1)]),
  );
}

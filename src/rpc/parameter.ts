import { fail, type Result, succeed } from "../model/fault.ts";
import { pythonText } from "./python-text.ts";
import { isArray, isStruct, type RpcValue } from "./value.ts";

/** One parameter of a method: what `system.methodHelp` tells of it, and how an argument becomes the value that the method wants. */
export interface Parameter<Value> {
  readonly name: string;
  readonly type: "string" | "int" | "boolean" | "array";
  /** For the help text; its first word is in lower case. */
  readonly text: string;
  readonly optional: boolean;
  /** @param argument - `undefined` when the caller left it out, which only an optional parameter sees. INCORRECT_PARAMETERS. */
  read(argument: RpcValue | undefined): Result<Value>;
}

/** A name. Numbers and booleans are taken for their text, as an untyped client may send `8080` for a process of that name. */
export function nameParameter(name: string, text: string): Parameter<string> {
  return { name, type: "string", text, optional: false, read: readName };
}

/** Any value at all; the method decides what to make of it. */
export function anyParameter(name: string, text: string): Parameter<RpcValue> {
  return { name, type: "string", text, optional: false, read: (argument) => succeed(argument ?? null) };
}

/** A number: an integer, or what Python's `int()` makes one of: a double, a boolean, or decimal digits. */
export function numberParameter(name: string, text: string): Parameter<number> {
  return { name, type: "int", text, optional: false, read: readInteger };
}

/** A choice that is made unless the caller says otherwise. Any value counts, by Python's rules of truth. */
export function flagParameter(name: string, text: string, preset: boolean): Parameter<boolean> {
  return {
    name,
    type: "boolean",
    text,
    optional: true,
    read: (argument) => succeed(argument === undefined ? preset : isTruthy(argument)),
  };
}

export function arrayParameter(name: string, text: string): Parameter<readonly RpcValue[]> {
  return { name, type: "array", text, optional: false, read: readArray };
}

/** A text, as it is. */
export function textParameter(name: string, text: string): Parameter<string> {
  return { name, type: "string", text, optional: false, read: readText };
}

export function optionalTextParameter(name: string, text: string): Parameter<string | null> {
  return {
    name,
    type: "string",
    text,
    optional: true,
    read: (argument) => (argument === undefined ? succeed(null) : readText(argument)),
  };
}

/** Names; leaving them out, or an empty array, means every name. */
export function namesParameter(name: string, text: string): Parameter<readonly string[] | null> {
  return { name, type: "array", text, optional: true, read: readNames };
}

function readName(argument: RpcValue | undefined): Result<string> {
  if (typeof argument === "string") return succeed(argument);
  if (typeof argument === "number" || typeof argument === "boolean") return succeed(pythonText(argument));
  return fail("INCORRECT_PARAMETERS");
}

function readText(argument: RpcValue | undefined): Result<string> {
  return typeof argument === "string" ? succeed(argument) : fail("INCORRECT_PARAMETERS");
}

function readInteger(argument: RpcValue | undefined): Result<number> {
  if (typeof argument === "number") return succeed(Math.trunc(argument));
  if (typeof argument === "boolean") return succeed(argument ? 1 : 0);
  if (typeof argument === "string" && /^\s*[+-]?\d+\s*$/.test(argument)) return succeed(Number(argument));
  return fail("INCORRECT_PARAMETERS");
}

function readArray(argument: RpcValue | undefined): Result<readonly RpcValue[]> {
  return argument !== undefined && isArray(argument) ? succeed(argument) : fail("INCORRECT_PARAMETERS");
}

function readNames(argument: RpcValue | undefined): Result<readonly string[] | null> {
  if (argument === undefined) return succeed(null);
  if (!isArray(argument)) return fail("INCORRECT_PARAMETERS");
  const names: string[] = [];
  for (const item of argument) {
    const name = readName(item);
    if (!name.ok) return name;
    names.push(name.value);
  }
  return succeed(names.length === 0 ? null : names);
}

function isTruthy(value: RpcValue): boolean {
  if (isArray(value)) return value.length > 0;
  if (isStruct(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

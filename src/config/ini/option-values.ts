/** The values of options, refused in supervisord's words: clients and log readers know its messages. */

import type { Ownership, UserAccount } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import { EVENT_TYPES, type EventType } from "../../model/event.ts";
import type { LogLevel } from "../../model/log-level.ts";
import { parseSignal, type SignalNumber } from "../../model/signal.ts";
import { parseOwnership, parseUser } from "../accounts.ts";
import { type InetAddress, parseInetAddress } from "../inet-address.ts";
import { forbiddenCharacter } from "../names.ts";
import { expandUser, hasExistingParent, isExistingDirectory } from "../paths.ts";
import {
  parseAutorestart,
  parseBoolean,
  parseByteSize,
  parseExitCodes,
  parseInteger,
  parseLogLevel,
  parseOctal,
} from "../scalars.ts";
import { ConfigProblem } from "./config-problem.ts";
import { repr, strip } from "./python-text.ts";

export function text(value: string): string {
  return value;
}

export function integer(value: string): number {
  return parseInteger(value) ?? refuse(`invalid literal for int() with base 10: ${repr(value)}`);
}

export function boolean(value: string): boolean {
  return parseBoolean(value) ?? refuse(`not a valid boolean value: ${repr(value)}`);
}

export function byteSize(value: string): number {
  return (
    parseByteSize(value) ?? refuse(`invalid literal for int() with base 10: ${repr(value.toLowerCase().replace(/[kmg]b$/, ""))}`)
  );
}

export function octal(value: string): number {
  return parseOctal(value) ?? refuse(`${value} can not be converted to an octal type`);
}

export function exitCodes(value: string): readonly number[] {
  return parseExitCodes(value) ?? refuse(`not a valid list of exit codes: ${repr(value)}`);
}

export function autorestart(value: string): "never" | "unexpected" | "always" {
  return parseAutorestart(value) ?? refuse(`invalid 'autorestart' value ${repr(value.toLowerCase())}`);
}

export function logLevel(value: string): LogLevel {
  return parseLogLevel(value) ?? refuse(`bad logging level name ${repr(value)}`);
}

export function signal(value: string): SignalNumber {
  const number = parseInteger(value);
  return (
    parseSignal(number?.toString() ?? value) ??
    refuse(`value ${repr(value)} is not a valid signal ${number === undefined ? "name" : "number"}`)
  );
}

export function eventType(value: string, section: string): EventType {
  const name = value.toUpperCase();
  return isEventType(name) ? name : refuse(`Unknown event type ${name} in [${section}] events`);
}

function isEventType(name: string): name is EventType {
  return Object.hasOwn(EVENT_TYPES, name);
}

/** The trimmed name of a program, group or process. */
export function processOrGroupName(value: string): string {
  const character = forbiddenCharacter(value);
  if (character !== undefined) refuse(`Invalid name: ${repr(value)} because of character: ${repr(character)}`);
  return strip(value);
}

export function user(value: string, world: ConfigWorld): UserAccount {
  return parseUser(value, world) ?? refuse(`Invalid user ${parseInteger(value) === undefined ? "name" : "id"} ${value}`);
}

/** @param what - what the message calls the option: `sockchown`. */
export function ownership(value: string, what: string, world: ConfigWorld): Ownership {
  return parseOwnership(value, world) ?? refuse(`Invalid ${what} value ${value}`);
}

/** @param what - what the message calls the option: `chmod`. */
export function mode(value: string, what: string): number {
  return parseOctal(value) ?? refuse(`Invalid ${what} value ${value}`);
}

/** The path with `~` expanded. */
export function existingDirectory(value: string, world: ConfigWorld): string {
  return isExistingDirectory(value, world) ? expandUser(value, world) : refuse(`${value} is not an existing directory`);
}

/** A file in a directory that exists; the path with `~` expanded. */
export function fileInExistingDirectory(value: string, world: ConfigWorld): string {
  if (!hasExistingParent(value, world)) refuse(`The directory named as part of the path ${value} does not exist`);
  return expandUser(value, world);
}

export function inetAddress(value: string): InetAddress {
  const address = parseInetAddress(value);
  if (!("problem" in address)) return address;
  if (!value.includes(":")) return refuse(`not a valid port number: ${repr(value)} `);
  switch (address.problem) {
    case "missing":
      return refuse(`no port number specified in ${repr(address.port)}`);
    case "not-a-number":
      return refuse(`invalid literal for int() with base 10: ${repr(address.port)}`);
    case "below":
      return refuse(`${parseInteger(address.port)} is below lower bound (1)`);
    case "above":
      return refuse(`${parseInteger(address.port)} is above upper bound (65535)`);
  }
}

function refuse(message: string): never {
  throw new ConfigProblem(message);
}

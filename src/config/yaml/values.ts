import { dirname } from "node:path";
import type { ActivityLogTarget, LogTarget, Ownership, UserAccount } from "../../model/config.ts";
import type { LogLevel } from "../../model/log-level.ts";
import { parseSignal, type SignalNumber, signalNumber } from "../../model/signal.ts";
import { type Millis, millis } from "../../model/time.ts";
import { parseOwnership, parseUser } from "../accounts.ts";
import { parseDuration } from "../duration.ts";
import type { ConfigKey } from "../keys/key.ts";
import { parseAutorestart, parseBoolean, parseByteSize, parseInteger, parseLogLevel, parseOctal } from "../scalars.ts";
import { findKey, type Parse, readText, readValue, refuse, resolvePath, type Section } from "./section.ts";

export function readBoolean(section: Section, option: ConfigKey): boolean {
  return readValue(section, option, parseBoolean, false);
}

export function readInteger(section: Section, option: ConfigKey): number {
  return readValue(section, option, within(option, parseInteger), 0);
}

/** An integer that has no default. */
export function readOptionalInteger(section: Section, option: ConfigKey): number | null {
  return readValue<number | null>(section, option, within(option, parseInteger), null);
}

export function readBytes(section: Section, option: ConfigKey): number {
  return readValue(section, option, atLeastZero(parseByteSize), 0);
}

export function readSeconds(section: Section, option: ConfigKey): Millis {
  return readValue(section, option, parseDuration, millis(0));
}

export function readOctal(section: Section, option: ConfigKey): number | null {
  return readValue<number | null>(section, option, within(option, parseOctal), null);
}

export function readSignal(section: Section, option: ConfigKey): SignalNumber {
  return readValue(section, option, parseSignal, signalNumber("TERM"));
}

export function readAutorestart(section: Section, option: ConfigKey): "never" | "unexpected" | "always" {
  const parse = (text: string) => (text === "always" || text === "never" ? text : parseAutorestart(text));
  return readValue(section, option, parse, "unexpected");
}

export function readEarlyExit(section: Section, option: ConfigKey): "failure" | "finish-if-expected" {
  const parse = (text: string) => (text === "failure" || text === "finish-if-expected" ? text : undefined);
  return readValue(section, option, parse, "finish-if-expected");
}

export function readLogLevel(section: Section, option: ConfigKey): LogLevel {
  return readValue(section, option, parseLogLevel, "info");
}

/** A text; `null` when the key is absent and has no default. */
export function readString(section: Section, option: ConfigKey): string | null {
  return readValue<string | null>(section, option, (text) => text, null);
}

export function readPath(section: Section, option: ConfigKey): string | null {
  return readValue<string | null>(section, option, (text) => resolvePath(section, text), null);
}

/** A path whose folder must be there already. */
export function readFilePath(section: Section, option: ConfigKey): string | null {
  return readValue<string | null>(section, option, writablePath(section), null, { reason: missingFolder(section) });
}

export function readDirectory(section: Section, option: ConfigKey): string | null {
  const parse = (text: string) => {
    const path = resolvePath(section, text);
    return section.world.isDirectory(path) ? path : undefined;
  };
  const reason = (text: string) => `${resolvePath(section, text)} is no existing directory`;
  return readValue<string | null>(section, option, parse, null, { reason });
}

export function readUser(section: Section, option: ConfigKey): UserAccount | null {
  const parse = (text: string) => parseUser(text, section.world);
  return readValue<UserAccount | null>(section, option, parse, null, { reason: () => "the system knows no such user" });
}

export function readOwnership(section: Section, option: ConfigKey): Ownership | null {
  const parse = (text: string) => parseOwnership(text, section.world);
  return readValue<Ownership | null>(section, option, parse, null, { reason: () => "the system knows no such user or group" });
}

/** Where an output stream goes; an empty value (`stdout:`) discards it. */
export function readLogTarget(section: Section, option: ConfigKey): LogTarget {
  const found = findKey(section, option);
  if (found?.tree.kind === "scalar" && found.tree.value === null) return { kind: "none" };
  const parse: Parse<LogTarget> = (text) => {
    const word = text.toLowerCase();
    if (word === "auto" || word === "inherit") return { kind: word };
    if (word === "none" || word === "off") return { kind: "none" };
    const path = word === "syslog" ? undefined : writablePath(section)(text);
    return path === undefined ? undefined : { kind: "file", path };
  };
  const reason = (text: string) =>
    text.toLowerCase() === "syslog" ? `write ${option.yaml}_syslog: true instead` : missingFolder(section)(text);
  return readValue<LogTarget>(section, option, parse, { kind: "auto" }, { reason });
}

/** Where the activity log goes; `null` when the file does not say. */
export function readActivityLog(section: Section, option: ConfigKey): ActivityLogTarget | null {
  const written = readText(section, option);
  if (written === null) return null;
  const word = written.text.toLowerCase();
  if (word === "syslog" || word === "none") return { kind: word };
  const path = writablePath(section)(written.text);
  if (path !== undefined) return { kind: "file", path };
  refuse(section, option, written, missingFolder(section)(written.text));
  return null;
}

function within({ minimum, maximum }: ConfigKey, parse: Parse<number>): Parse<number> {
  return (text) => {
    const value = parse(text);
    if (value === undefined || value < (minimum ?? value) || value > (maximum ?? value)) return undefined;
    return value;
  };
}

function atLeastZero(parse: Parse<number>): Parse<number> {
  return (text) => {
    const value = parse(text);
    return value === undefined || value < 0 ? undefined : value;
  };
}

function writablePath(section: Section): Parse<string> {
  return (text) => {
    const path = resolvePath(section, text);
    return section.world.isDirectory(dirname(path)) ? path : undefined;
  };
}

function missingFolder(section: Section): (text: string) => string {
  return (text) => `the directory ${dirname(resolvePath(section, text))} does not exist`;
}

import { LOG_LEVELS, type LogLevel } from "../model/log-level.ts";

/** One entry of the activity log: `2026-11-25 09:03:07,042 INFO message`, local time, with its newline. */
export function activityLine(now: Date, level: LogLevel, message: string): string {
  return `${timestamp(now)} ${LOG_LEVELS[level].tag} ${harmless(message)}\n`;
}

function timestamp(now: Date): string {
  const date = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join("-");
  const time = [pad(now.getHours()), pad(now.getMinutes()), pad(now.getSeconds())].join(":");
  return `${date} ${time},${String(now.getMilliseconds()).padStart(3, "0")}`;
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** All control characters but tab, newline and carriage return, which ordinary output has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Names and requests come from anybody: what they say must not drive the terminal of who reads the log. */
function harmless(message: string): string {
  return message.replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

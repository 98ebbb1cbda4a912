import { formatNamespec } from "../../src/model/namespec.ts";
import type { LiveEvent } from "../remote/live-events.ts";
import { type Style, statePaint } from "../style.ts";
import { visible } from "./visible.ts";

/** One event as a line: `14:03:12 web:web_00 RUNNING pid 4711`. */
export function eventLine(type: string, data: LiveEvent["data"], style: Style): string {
  return `${style.dim(clock(data.at))} ${words(type, data, style)}`;
}

function words(type: string, data: LiveEvent["data"], style: Style): string {
  const { state, group, name } = data;
  if (typeof name === "string" && typeof state === "string") {
    return `${visible(formatNamespec(String(group), name))} ${statePaint(style, state)(visible(state))} ${facts(data)}`.trimEnd();
  }
  const rest = Object.entries(data).filter(([key]) => key !== "type" && key !== "at");
  return [visible(type), ...rest.map(([key, value]) => `${visible(key)}=${visible(String(value))}`)].join(" ");
}

function facts({ state, pid, tries, expected, exit_code: code, exit_signal: signal }: LiveEvent["data"]): string {
  const end = signal ? visible(String(signal)) : code === undefined ? "" : `exit ${Number(code)}`;
  switch (state) {
    case "EXITED":
      return expected === true ? end : `${end}, not expected`;
    case "STOPPED":
    case "BACKOFF":
      return [end, state === "BACKOFF" ? `after try ${Number(tries)}` : ""].filter(Boolean).join(", ");
    default:
      return pid ? `pid ${Number(pid)}` : "";
  }
}

function clock(at: unknown): string {
  return typeof at === "number" ? new Date(at * 1000).toTimeString().slice(0, 8) : "--:--:--";
}

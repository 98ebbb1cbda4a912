import { unreachable } from "../model/unreachable.ts";
import type { ProcessView } from "../runtime/control.ts";

/**
 * The `description` of a process, which clients print as it is.
 * @param nowSeconds - whole seconds since the epoch.
 */
export function describeProcess(process: ProcessView, nowSeconds: number): string {
  switch (process.state) {
    case "RUNNING":
      return `pid ${process.pid}, uptime ${formatUptime(nowSeconds - Math.trunc(process.startedAt))}`;
    case "FATAL":
    case "BACKOFF":
      return process.spawnError || `unknown error (try "tail ${process.config.name}")`;
    case "STOPPED":
    case "EXITED":
      return process.startedAt === 0 ? "Not started" : formatStopTime(process.stoppedAt);
    case "STARTING":
    case "STOPPING":
    case "UNKNOWN":
      return "";
    default:
      return unreachable(process.state);
  }
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** As Python prints a duration: `0:00:05`, `1 day, 1:01:01`. A clock set back never makes it negative. */
function formatUptime(elapsed: number): string {
  const seconds = Math.max(elapsed, 0);
  const days = Math.floor(seconds / DAY);
  const hours = Math.floor((seconds % DAY) / HOUR);
  const time = `${hours}:${twoDigits(Math.floor((seconds % HOUR) / MINUTE))}:${twoDigits(seconds % MINUTE)}`;
  if (days === 0) return time;
  return `${days} ${days === 1 ? "day" : "days"}, ${time}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `Nov 23 12:32 AM`, in the server's time zone and always in English. */
function formatStopTime(epochSeconds: number): string {
  const date = new Date(epochSeconds * 1000);
  const hour = date.getHours();
  const clock = `${twoDigits(hour % 12 || 12)}:${twoDigits(date.getMinutes())} ${hour < 12 ? "AM" : "PM"}`;
  return `${MONTHS[date.getMonth()]} ${twoDigits(date.getDate())} ${clock}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

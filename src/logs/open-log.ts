import { readlinkSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { InheritedOutput } from "../os/inherited-output.ts";
import type { LogSink, LogSinkEvents, RotationLimits } from "./log-sink.ts";
import { RotatingFile } from "./rotating-file.ts";
import { openStreamTarget, StreamTarget } from "./stream-target.ts";

export interface LogFileOptions extends RotationLimits {
  readonly path: string;
  /** Permissions of a file that is created, before the umask. */
  readonly mode: number;
}

/**
 * Opens the target that a log path names: a file to append to and rotate, or something that can only be written to.
 * @param inherited - the daemon's own descriptors, for paths like `/dev/stdout`.
 * @throws the system's error.
 */
export function openLog({ path, mode, ...limits }: LogFileOptions, inherited: InheritedOutput, events: LogSinkEvents): LogSink {
  const own = ownDescriptor(path);
  if (own !== null) return new StreamTarget(path, inherited.writer(own), events);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return new RotatingFile({ path }, limits, mode, events);
  return openStreamTarget(path, stats.isFIFO(), events);
}

/** As deep as the kernel follows symbolic links. */
const LONGEST_CHAIN = 40;

/**
 * The number of the daemon's own descriptor that a path stands for, also by way of symbolic links, as container images have them.
 * Such a path is not opened: a socket cannot be, a regular file would get a second offset, and neither may be renamed.
 */
export function ownDescriptor(path: string, depth = 0): number | null {
  if (path === "/dev/stdout") return 1;
  if (path === "/dev/stderr") return 2;
  const number = /^(?:\/dev|\/proc\/self)\/fd\/(\d{1,5})$/.exec(path)?.[1];
  if (number !== undefined) return Number(number);
  const target = linkTarget(path);
  return target === null || depth === LONGEST_CHAIN ? null : ownDescriptor(resolve(dirname(path), target), depth + 1);
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

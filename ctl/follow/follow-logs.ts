import { setMaxListeners } from "node:events";
import { StringDecoder } from "node:string_decoder";
import { formatNamespec } from "../../src/model/namespec.ts";
import { untilInterrupted } from "../interrupt.ts";
import { streamLog } from "../remote/log-stream.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";

/** One log of one process. */
export interface LogName {
  readonly group: string;
  readonly name: string;
  readonly channel: string;
}

/** What of the past is told first: the last lines, or what was written since a time in seconds, a negative one counted from now. */
export type LogPast = { readonly lines: number } | { readonly since: number };

export interface FollowOptions {
  /** Of each log. */
  readonly past: LogPast;
  /** Whether to go on when the past is told. */
  readonly follows: boolean;
}

/** A line is told in parts of this size when it does not end; characters. */
const MAX_LINE = 64 * 1024;

/** Reads several logs together as whole lines, until they end or the user has enough. */
export async function followLogs(
  logs: readonly LogName[],
  { past, follows }: FollowOptions,
  { server, terminal }: Session,
  tell: (log: LogName, line: string) => void,
): Promise<void> {
  const query = `?${"lines" in past ? `lines=${past.lines}` : `since=${past.since}`}${follows ? "" : "&follow=false"}`;
  await untilInterrupted(async (interrupted) => {
    // One for each log.
    setMaxListeners(0, interrupted);
    const streams = logs.map(async (log) => {
      const name = formatNamespec(log.group, log.name);
      const reader = new LineReader((line) => tell(log, line));
      const path = `/logtail/${encodeURIComponent(`${log.group}:${log.name}`)}/${log.channel}${query}`;
      const problem = await streamLog(server.access, path, interrupted, (bytes) => reader.write(bytes));
      reader.end();
      // A process without a log says nothing, and that is no mistake among many.
      if (problem !== null && !problem.endsWith("404")) terminal.complain(`${visible(name)}: ${problem}`);
    });
    await Promise.all(streams);
  });
}

/** Puts lines together from the pieces in which they come. */
class LineReader {
  readonly #tell: (line: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  write(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.write(Buffer.from(bytes))).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#tell(line.endsWith("\r") ? line.slice(0, -1) : line);
    while (this.#rest.length > MAX_LINE) {
      this.#tell(this.#rest.slice(0, MAX_LINE));
      this.#rest = this.#rest.slice(MAX_LINE);
    }
  }

  end(): void {
    const last = this.#rest + this.#decoder.end();
    this.#rest = "";
    if (last !== "") this.#tell(last);
  }
}

import { setMaxListeners } from "node:events";
import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";
import { formatNamespec } from "../src/model/namespec.ts";
import { untilInterrupted } from "./interrupt.ts";
import { DOCUMENT_VERSION } from "./json-document.ts";
import { streamLog } from "./log-stream.ts";
import { visible } from "./render/visible.ts";
import type { Session } from "./session.ts";
import type { Paint, Style } from "./style.ts";

/** One log of one process. */
export interface LogName {
  readonly group: string;
  readonly name: string;
  readonly channel: string;
}

export interface FollowOptions {
  /** Of the past, for each log. */
  readonly lines: number;
  readonly follows: boolean;
  /** `null` for every line. */
  readonly pattern: RegExp | null;
}

/** A line is printed in parts of this size when it does not end; characters. */
const MAX_LINE = 64 * 1024;

/** The colours of names; each process keeps its own. */
const PAINTS: readonly (keyof Style)[] = ["cyan", "yellow", "green", "magenta", "blue", "red"];

/** Shows several logs together as whole lines, each behind the name of its process, until they end or the user has enough. */
export async function followLogs(logs: readonly LogName[], options: FollowOptions, session: Session): Promise<void> {
  const { terminal, server } = session;
  const style = await session.style();
  const width = Math.max(0, ...logs.map(({ group, name }) => formatNamespec(group, name).length));
  const query = `?lines=${options.lines}${options.follows ? "" : "&follow=false"}`;
  await untilInterrupted(async (interrupted) => {
    // One for each log.
    setMaxListeners(0, interrupted);
    const streams = logs.map(async (log, index) => {
      const { group, name, channel } = log;
      const paint = style[PAINTS[index % PAINTS.length] ?? "bold"];
      const print = printer(log, { paint, width, pattern: options.pattern, session });
      const lines = new Lines(print);
      const path = `/logtail/${encodeURIComponent(`${group}:${name}`)}/${channel}${query}`;
      const problem = await streamLog(server.access, path, interrupted, (bytes) => lines.write(bytes));
      lines.end();
      // A process without a log says nothing, and that is no mistake among many.
      if (problem !== null && !problem.endsWith("404")) terminal.complain(`${visible(formatNamespec(group, name))}: ${problem}`);
    });
    await Promise.all(streams);
  });
}

interface PrinterOptions {
  readonly paint: Paint;
  readonly width: number;
  readonly pattern: RegExp | null;
  readonly session: Session;
}

/** Prints one line. Colours of the program itself are left out: they would run into the lines of others. */
function printer({ group, name, channel }: LogName, { paint, width, pattern, session }: PrinterOptions): (line: string) => void {
  const { terminal, format } = session;
  const prefix = paint(visible(formatNamespec(group, name)).padEnd(width));
  return (line) => {
    const text = stripVTControlCharacters(line);
    if (pattern !== null && !pattern.test(text)) return;
    if (format.json)
      terminal.document({ taskmasterctl: DOCUMENT_VERSION, command: "logs", data: { group, name, channel, text: line } });
    else terminal.styled(`${prefix} | ${visible(text.replaceAll("\t", "    "))}`);
  };
}

/** Puts lines together from the pieces in which they come. */
class Lines {
  readonly #print: (line: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  write(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.write(Buffer.from(bytes))).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#print(line.endsWith("\r") ? line.slice(0, -1) : line);
    while (this.#rest.length > MAX_LINE) {
      this.#print(this.#rest.slice(0, MAX_LINE));
      this.#rest = this.#rest.slice(MAX_LINE);
    }
  }

  end(): void {
    const last = this.#rest + this.#decoder.end();
    this.#rest = "";
    if (last !== "") this.#print(last);
  }
}

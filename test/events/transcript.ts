import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PYTHON } from "../support/python.ts";

/** One event as a listener has read it. */
export interface Heard {
  readonly header: Readonly<Record<string, string>>;
  readonly eventname: string;
  readonly payload: string;
  /** The process that read it. */
  readonly listener: string;
}

/** What a listener of `listeners/` has noted so far. */
export function readTranscript(path: string): readonly Heard[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => {
    const [header, payload, listener]: [Record<string, string>, string, string] = JSON.parse(line);
    return { header, eventname: header.eventname ?? "", payload, listener };
  });
}

/** The command line of a listener of `listeners/`. */
export function listenerCommand(script: "plain" | "with_childutils", transcript: string, ...answers: readonly string[]): string {
  return [PYTHON, join(import.meta.dirname, "listeners", `${script}.py`), transcript, ...answers].join(" ");
}

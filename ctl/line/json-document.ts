import type { CallFailure, Ending } from "../remote/reply.ts";
import { failureText } from "../render/failure.ts";
import type { Command } from "./command.ts";
import type { Recorder } from "./recorder.ts";

/** The version of the document; it changes when a member changes its meaning, not when one is added. */
export const DOCUMENT_VERSION = 1;

/**
 * What `--json` prints: one document a command.
 *
 * `data` is what the command found out or did, each command's own; `null` where it has none, and then `messages` are the lines that it
 * prints otherwise. With `data` they are only what it complains of. `output` is the text of a log. `error` is `null` with status 0.
 */
export function jsonDocument(command: Pick<Command, "name">, ending: Ending, recorder: Recorder): object {
  const status = ending.ok ? ending.value : 1;
  const data = (ending.ok ? ending.data : undefined) ?? null;
  const messages = data === null ? [...recorder.complaints, ...recorder.lines] : recorder.complaints;
  return {
    taskmasterctl: DOCUMENT_VERSION,
    command: command.name,
    status,
    error: ending.ok ? mistake(status, messages) : failure(ending.failure),
    data,
    messages,
    ...(recorder.output === "" ? {} : { output: recorder.output }),
  };
}

/** What an endless command prints with `--json` for each thing that happens. */
export function streamDocument(command: string, data: object): object {
  return { taskmasterctl: DOCUMENT_VERSION, command, data };
}

function mistake(status: number, messages: readonly string[]): object | null {
  return status === 0 ? null : { kind: "status", message: messages[0] ?? `exit status ${status}` };
}

function failure(reason: CallFailure): object {
  const message = failureText(reason);
  switch (reason.kind) {
    case "fault":
      return { kind: "fault", code: reason.code, message: reason.text };
    case "http":
      return { kind: "http", code: reason.status, message };
    default:
      return { kind: reason.kind, message };
  }
}

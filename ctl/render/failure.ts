import type { CallFailure } from "../remote/reply.ts";
import { quoted } from "./quoted.ts";

/**
 * The line for a failure that no command has words for: `error: <Fault 6: 'SHUTDOWN_STATE'>`.
 *
 * It is the text that scripts look for in supervisorctl's line, without what only tells of a Python program around it:
 * there `error: <class 'xmlrpc.client.Fault'>, <Fault 6: 'SHUTDOWN_STATE'>: file: … line: …`.
 */
export function failureLine(failure: CallFailure): string {
  return `error: ${failureText(failure)}`;
}

/** The failure itself, as Python names it. */
export function failureText(failure: CallFailure): string {
  switch (failure.kind) {
    case "fault":
      return `<Fault ${failure.code}: ${quoted(failure.text)}>`;
    case "http":
      return `<ProtocolError for 127.0.0.1/RPC2: ${failure.status} ${failure.reason}>`;
    case "refused":
      return "[Errno 111] Connection refused";
    case "missing":
      return "[Errno 2] No such file or directory";
    case "other":
      return failure.message;
  }
}

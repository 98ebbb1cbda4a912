import { FAULT_CODES } from "../src/model/fault.ts";
import { refuse } from "./line/usage-error.ts";
import { done, type Ending, faultCode, type Reply } from "./remote/reply.ts";
import { visible } from "./render/visible.ts";
import type { Terminal } from "./terminal.ts";

const REFUSALS: ReadonlyMap<number, string> = new Map([
  [FAULT_CODES.NO_FILE, "no log file"],
  [FAULT_CODES.FAILED, "unknown error reading log"],
  [FAULT_CODES.BAD_NAME, "no such process name"],
]);

/**
 * Prints a piece of a log and one line feed, or why there is none.
 * @param expected - the faults that this log may answer; any other is left to the caller's generic error line.
 */
export function printLog(terminal: Terminal, name: string, reply: Reply<string>, expected: readonly number[]): Ending {
  if (reply.ok) {
    terminal.raw(`${reply.value}\n`);
    return done();
  }
  const code = faultCode(reply);
  const refusal = code !== undefined && expected.includes(code) ? REFUSALS.get(code) : undefined;
  return refusal === undefined ? reply : refuse(terminal, `${visible(name)}: ERROR (${refusal})`);
}

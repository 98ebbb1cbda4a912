import { FAULT_CODES } from "../src/model/fault.ts";
import type { UpdatePlan } from "./remote/answers.ts";
import { faultCode, type Reply } from "./remote/reply.ts";
import { messageLine, planLines } from "./render/plan.ts";
import { visible } from "./render/visible.ts";
import type { Session } from "./session.ts";

/** Shows what an update would do, or why there can be none. @returns whether there can. */
export async function showPlan(plan: UpdatePlan, { terminal, style }: Session): Promise<boolean> {
  for (const error of plan.errors) terminal.complain(messageLine(error));
  if (!plan.valid) return false;
  for (const line of planLines(plan, await style())) terminal.styled(line);
  return true;
}

/** What to say of a daemon that has none of this, or does not want to; `null` for what has no words of its own. */
export function refusalOf(reply: Reply<unknown>): string | null {
  if (reply.ok || reply.failure.kind !== "fault") return null;
  switch (faultCode(reply)) {
    case FAULT_CODES.UNKNOWN_METHOD:
      return "ERROR: only taskmasterd can do this";
    case FAULT_CODES.SHUTDOWN_STATE:
      return "ERROR: already shutting down";
    case FAULT_CODES.FAILED:
      return `ERROR: ${visible(reply.failure.text.replace(/^FAILED: /, ""))}`;
    default:
      return `ERROR: ${visible(reply.failure.text)}`;
  }
}

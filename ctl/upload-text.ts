import type { ConfigText } from "../src/rpc/context.ts";
import { confirm } from "./confirm.ts";
import { EXIT } from "./line/exit-status.ts";
import { refuse } from "./line/usage-error.ts";
import { done, type Ending } from "./remote/reply.ts";
import { visible } from "./render/visible.ts";
import type { Session } from "./session.ts";
import { refusalOf, showPlan } from "./show-plan.ts";

export interface UploadOptions {
  /** The daemon's file as it was when the text was made: it must still be that one. */
  readonly base: ConfigText;
  /** Only tells what would be done. */
  readonly dryRun: boolean;
}

/** Shows what a new text of the daemon's configuration would do, and with the user's consent makes it so. */
export async function uploadText(text: string, { base, dryRun }: UploadOptions, session: Session): Promise<Ending> {
  const { terminal } = session;
  const daemon = await session.supervisor();
  const plan = await daemon.plan([], text);
  if (!plan.ok) return refused(plan, session) ?? plan;
  if (!(await showPlan(plan.value, session))) return done(EXIT.invalidArguments, { plan: plan.value });
  if (dryRun) return done(EXIT.success, { plan: plan.value });
  const consent = await confirm(session, `Replace ${visible(base.path)} and do this y/N? `);
  if (!consent.ok) return consent;
  if (!consent.value) return refuse(terminal, "nothing was changed");
  const uploaded = await daemon.upload(text, base.digest);
  if (!uploaded.ok) return refused(uploaded, session) ?? uploaded;
  const { path, backup, updates } = uploaded.value;
  terminal.line(`${visible(path)}: replaced; what it was is in ${visible(backup)}`);
  for (const { group, change } of updates)
    terminal.line(`${visible(group)}: ${change === "changed" ? "updated" : change} process group`);
  return done(EXIT.success, { plan: plan.value, ...uploaded.value });
}

function refused(reply: Parameters<typeof refusalOf>[0], { terminal }: Session): Ending | null {
  const refusal = refusalOf(reply);
  return refusal === null ? null : refuse(terminal, refusal);
}

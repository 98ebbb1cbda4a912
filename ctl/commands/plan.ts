import { readFileSync } from "node:fs";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import type { Session } from "../session.ts";
import { refusalOf, showPlan } from "../show-plan.ts";

export const plan: Command = {
  name: "plan",
  summary:
    "Tells what `update` would do, process by process, and which options differ; nothing is done. The exit status is 2 when the configuration " +
    "is wrong.",
  forms: [
    { usage: "plan", does: "Tell what an update would start, stop, restart and change" },
    { usage: "plan <gname> [...]", does: "The same for these groups only" },
  ],
  options: [{ name: "file", placeholder: "FILE", text: "as if the daemon's main file held what this file holds" }],
  completes: ["groups"],
  quoting: true,
  run,
};

async function run({ words, values }: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const text = readCandidate(values.get("file"));
  if (typeof text === "object" && text !== null) return usageError(terminal, plan, text.problem, EXIT.invalidArguments);
  const names = words.includes("all") ? [] : words;
  const reply = await (await session.supervisor()).plan(names, text);
  const refusal = refusalOf(reply);
  if (refusal !== null) return refuse(terminal, refusal);
  if (!reply.ok) return reply;
  const isValid = await showPlan(reply.value, session);
  return done(isValid ? EXIT.success : EXIT.invalidArguments, reply.value);
}

function readCandidate(file: string | undefined): string | null | { readonly problem: string } {
  if (file === undefined) return null;
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return { problem: `Error: cannot read ${file}: ${(error as NodeJS.ErrnoException).code}` };
  }
}

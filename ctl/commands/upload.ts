import { readFileSync } from "node:fs";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { oneFile, refuse } from "../line/usage-error.ts";
import type { Ending } from "../remote/reply.ts";
import type { Session } from "../session.ts";
import { refusalOf } from "../show-plan.ts";
import { uploadText } from "../upload-text.ts";

export const upload: Command = {
  name: "upload",
  summary:
    "Sends a configuration to the daemon, which checks it, shows what it would do, and with consent puts it in the place of its own file, keeps the " +
    "old one as a backup and applies it. A script is not asked. The exit status is 2 when the configuration is wrong.",
  forms: [{ usage: "upload <file>", does: "Replace the daemon's configuration by this file and apply it" }],
  options: [{ name: "dry-run", short: "n", text: "only tell what would be done" }],
  completes: ["files"],
  quoting: true,
  acts: true,
  run,
};

async function run({ words, switches }: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const file = oneFile(words, upload, terminal);
  if (typeof file !== "string") return file;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return refuse(terminal, `ERROR: cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`, EXIT.invalidArguments);
  }
  const base = await (await session.supervisor()).getConfiguration();
  const refusal = refusalOf(base);
  if (refusal !== null) return refuse(terminal, refusal);
  return base.ok ? uploadText(text, { base: base.value, dryRun: switches.has("dry-run") }, session) : base;
}

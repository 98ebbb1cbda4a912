import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { confirm } from "../confirm.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import type { Session } from "../session.ts";
import { refusalOf } from "../show-plan.ts";
import { uploadText } from "../upload-text.ts";

export const edit: Command = {
  name: "edit",
  summary:
    "Opens the daemon's configuration in $VISUAL or $EDITOR, shows what the new text would do, and with consent replaces the file and applies it. " +
    "A text with mistakes can be edited again; nothing that was typed is lost.",
  forms: [{ usage: "edit", does: "Edit, check and apply the daemon's configuration" }],
  completes: [],
  run,
};

async function run(_given: Arguments, outer: Session): Promise<Ending> {
  // Whoever has an editor in front of them can be asked.
  const session = { ...outer, interactive: true };
  const { terminal } = session;
  if (terminal.columns === null)
    return refuse(terminal, "ERROR: edit needs a terminal; a script can use upload", EXIT.invalidArguments);
  const base = await (await session.supervisor()).getConfiguration();
  const refusal = refusalOf(base);
  if (refusal !== null) return refuse(terminal, refusal);
  if (!base.ok) return base;
  const folder = mkdtempSync(join(tmpdir(), "taskmaster-edit-"));
  const file = join(folder, basename(base.value.path));
  writeFileSync(file, base.value.text, { mode: 0o600 });
  for (;;) {
    const problem = openEditor(file);
    if (problem !== null) return refuse(terminal, `ERROR: ${problem}; the text is in ${file}`);
    const text = readFileSync(file, "utf8");
    if (text === base.value.text) {
      rmSync(folder, { recursive: true });
      terminal.line("nothing was changed");
      return done();
    }
    const ending = await uploadText(text, { base: base.value, dryRun: false }, session);
    if (ending.ok && ending.value === EXIT.success) {
      rmSync(folder, { recursive: true });
      return ending;
    }
    const again = await confirm(session, "Edit it again y/N? ");
    if (!again.ok || !again.value) return refuse(terminal, `the text is in ${file}`);
  }
}

/** @returns what went wrong; `null` when the editor ended well. */
function openEditor(file: string): string | null {
  const editor = process.env.VISUAL || process.env.EDITOR || "vi";
  const { error, status } = spawnSync("/bin/sh", ["-c", `${editor} "$1"`, "sh", file], { stdio: "inherit" });
  if (error !== undefined) return `cannot start ${editor}: ${error.message}`;
  return status === 0 ? null : `${editor} ended with status ${status}`;
}

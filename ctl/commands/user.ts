import { formatNamespec } from "../../src/model/namespec.ts";
import { confirm } from "../confirm.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { runLine } from "../line/run-line.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";
import { refusalOf } from "../show-plan.ts";

export const user: Command = {
  name: "user",
  summary:
    "Lets a program run as another user from its next start on, with a daemon that runs as root. It holds until the configuration names another user " +
    "than it does now. In the shell it offers to restart what runs.",
  forms: [
    { usage: "user <program> <user>", does: "Run a program as this user from its next start on" },
    { usage: "user <program> --reset", does: "Run it as the configuration says" },
  ],
  options: [{ name: "reset", text: "do again what the configuration says" }],
  completes: ["groups"],
  acts: true,
  run,
};

async function run({ words, switches }: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const isReset = switches.has("reset");
  const [program, name, ...more] = words;
  if (program === undefined || (name === undefined) !== isReset || more.length > 0)
    return usageError(terminal, user, "Error: user requires a program and a user", EXIT.invalidArguments);
  const daemon = await session.supervisor();
  const changed = await daemon.setUser(program, name ?? "");
  const refusal = refusalOf(changed);
  if (refusal !== null) return refuse(terminal, refusal);
  if (!changed.ok) return changed;
  const next = changed.value.user === "" ? "the user of the daemon" : visible(changed.value.user);
  terminal.line(`${visible(program)}: runs as ${next} from its next start on`);
  const running = await runningProcesses(program, session);
  if (running.length > 0) {
    const names = running.map(visible).join(" ");
    if (!session.interactive) terminal.line(`still running as before: ${names}`);
    else if (await wants(session, `Restart ${names} now y/N? `)) await runLine(`restart ${running.join(" ")}`, session);
  }
  return done(EXIT.success, { program, ...changed.value, running });
}

async function wants(session: Session, question: string): Promise<boolean> {
  const consent = await confirm(session, question);
  return consent.ok && consent.value;
}

async function runningProcesses(program: string, session: Session): Promise<readonly string[]> {
  const facts = await (await session.supervisor()).getProcesses();
  if (!facts.ok) return [];
  return facts.value
    .filter((each) => each.program === program && each.pid !== 0)
    .map(({ group, name }) => formatNamespec(group, name));
}

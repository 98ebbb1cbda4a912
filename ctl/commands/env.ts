import { FAULT_CODES } from "../../src/model/fault.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import type { ProcessEnvironment } from "../remote/answers.ts";
import { done, type Ending, faultCode } from "../remote/reply.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";
import { refusalOf } from "../show-plan.ts";
import type { Style } from "../style.ts";

export const env: Command = {
  name: "env",
  summary:
    "Shows the environment that a process gets at its next start. Where the one that runs has another, the lines begin with - for what it has and + " +
    "for what the next one gets; with --changed only those are shown.",
  forms: [{ usage: "env <process>", does: "Show the environment of a process, and what its next start would change" }],
  options: [{ name: "changed", text: "only what differs from the process that runs" }],
  completes: ["processes"],
  run,
};

async function run({ words, switches }: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const [name, ...more] = words;
  if (name === undefined || more.length > 0)
    return usageError(terminal, env, "Error: env requires a process name", EXIT.invalidArguments);
  const found = await (await session.supervisor()).getProcessEnvironment(name);
  if (faultCode(found) === FAULT_CODES.BAD_NAME) return refuse(terminal, `${visible(name)}: ERROR (no such process)`);
  const refusal = refusalOf(found);
  if (refusal !== null) return refuse(terminal, refusal);
  if (!found.ok) return found;
  const style = await session.style();
  for (const line of environmentLines(found.value, switches.has("changed"), style)) terminal.styled(line);
  return done(EXIT.success, found.value);
}

function environmentLines({ running, variables }: ProcessEnvironment, onlyChanged: boolean, style: Style): readonly string[] {
  return variables.flatMap(({ name, next, running: now }) => {
    const line = (value: string) => visible(`${name}=${value}`);
    if (!running || next === now) return onlyChanged || next === null ? [] : [`  ${line(next)}`];
    return [...(now === null ? [] : [style.red(`- ${line(now)}`)]), ...(next === null ? [] : [style.green(`+ ${line(next)}`)])];
  });
}

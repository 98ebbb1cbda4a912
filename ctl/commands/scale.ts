import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";
import { refusalOf } from "../show-plan.ts";

export const scale: Command = {
  name: "scale",
  summary:
    "Gives a program another number of processes: new ones start, those that are too many are stopped, no other is touched. It holds until the " +
    "configuration says another numprocs than it does now.",
  forms: [{ usage: "scale <program> <number>", does: "Run this many processes of a program" }],
  completes: ["groups"],
  acts: true,
  run,
};

async function run({ words }: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const [program, count, ...more] = words;
  if (program === undefined || count === undefined || more.length > 0 || !/^\d{1,9}$/.test(count))
    return usageError(terminal, scale, "Error: scale requires a program and a number", EXIT.invalidArguments);
  const scaled = await (await session.supervisor()).scale(program, Number(count));
  const refusal = refusalOf(scaled);
  if (refusal !== null) return refuse(terminal, refusal);
  if (!scaled.ok) return scaled;
  const { before, processes, added, removed } = scaled.value;
  for (const name of removed) terminal.line(`${visible(name)}: removed`);
  for (const name of added) terminal.line(`${visible(name)}: added`);
  terminal.line(`${visible(program)}: ${processes} processes, before ${before}`);
  return done(EXIT.success, { program, ...scaled.value });
}

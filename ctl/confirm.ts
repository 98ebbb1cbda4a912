import { failed, type Reply } from "./remote/reply.ts";
import type { Session } from "./session.ts";

/** Asks the user of a shell whether to go on; a script is not asked. Anything that begins with y or Y is a yes. */
export async function confirm({ interactive, input }: Session, question: string): Promise<Reply<boolean>> {
  if (!interactive) return { ok: true, value: true };
  const answer = await input.ask(question);
  switch (answer.kind) {
    case "line":
      return { ok: true, value: /^y/i.test(answer.text) };
    case "interrupt":
      return { ok: true, value: false };
    case "end":
      return failed("EOF when reading a line");
  }
}

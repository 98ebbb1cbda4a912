import { FAULT_CODES } from "../../src/model/fault.ts";
import type { DetachKey } from "../follow/attached-terminal.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { done, type Ending, faultCode } from "../remote/reply.ts";
import { upcheck } from "../remote/upcheck.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";
import { fg } from "./fg.ts";

const DEFAULT_KEY = "ctrl-]";

export const attach: Command = {
  name: "attach",
  summary:
    "Puts your terminal on that of a program with `tty: true`: what it shows is shown, what you type it gets, until Ctrl-] leaves it running. " +
    "Several may be attached at once. A program without a terminal is brought to the foreground, as `fg` does.",
  forms: [{ usage: "attach <process>", does: "Use a program on its own terminal, until Ctrl-]" }],
  options: [
    { name: "read-only", short: "r", text: "only look: nothing that is typed is sent" },
    { name: "detach-key", placeholder: "KEY", text: `what detaches instead of ${DEFAULT_KEY}: ctrl-a, ctrl-\\, ...` },
  ],
  completes: ["processes"],
  prefers: "running",
  endless: () => true,
  run,
};

/** What an answer has that says: there is no such terminal. supervisord, which has none at all, says 404. */
const NO_TERMINAL: readonly number[] = [404, 409, 501];

async function run(given: Arguments, session: Session): Promise<Ending> {
  const { terminal, server } = session;
  const [name, ...more] = given.words;
  if (name === undefined) return usageError(terminal, attach, "Error: attach requires a process name", EXIT.invalidArguments);
  if (more.length > 0) return usageError(terminal, attach, "Error: attach takes one process name", EXIT.invalidArguments);
  const detach = detachKey(given.values.get("detach-key") ?? DEFAULT_KEY);
  if (detach === null) {
    const key = given.values.get("detach-key");
    return usageError(
      terminal,
      attach,
      `Error: no such key: ${key}; ctrl and a letter, or one of [ ] \\ ^ _`,
      EXIT.invalidArguments,
    );
  }
  const down = await upcheck(session);
  if (down !== null) return down;
  const info = await (await session.supervisor()).getProcessInfo(name);
  if (faultCode(info) === FAULT_CODES.BAD_NAME) return refuse(terminal, `${name}: ERROR (no such process)`);
  if (!info.ok) return info;
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    return refuse(terminal, "ERROR: attach needs a terminal; tail -f shows what a program writes");
  const shownName = visible(name);
  terminal.line(`==> ${shownName}: ${detach.label} detaches <==`);
  const { attachTerminal } = await import("../follow/attached-terminal.ts");
  const ended = await attachTerminal(server.access, { name, shownName, readOnly: given.switches.has("read-only"), detach });
  if (!ended.ok) {
    const { failure } = ended;
    return failure.kind === "http" && NO_TERMINAL.includes(failure.status)
      ? fg.run({ ...given, switches: new Set() }, session)
      : ended;
  }
  if (ended.value === "lost") return refuse(terminal, `ERROR: ${server.access.url} has ended the connection`);
  terminal.line(`detached from ${shownName}`);
  return done();
}

/** Reads `ctrl-a` or `^a`; `null` for what is no control character. */
function detachKey(text: string): DetachKey | null {
  const [, character] = /^(?:ctrl-|\^)([a-z[\]\\^_])$/i.exec(text) ?? [];
  if (character === undefined) return null;
  return { byte: character.toUpperCase().charCodeAt(0) & 0x1f, label: `Ctrl-${character.toUpperCase()}` };
}

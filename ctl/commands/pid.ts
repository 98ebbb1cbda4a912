import { FAULT_CODES } from "../../src/model/fault.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { done, type Ending, faultCode } from "../remote/reply.ts";
import type { Supervisor } from "../remote/supervisor.ts";
import { upcheck } from "../remote/upcheck.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";
import type { Terminal } from "../terminal.ts";

export const pid: Command = {
  name: "pid",
  summary: "Prints process ids; 0, with exit status 7, for a process that does not run.",
  forms: [
    { usage: "pid", does: "Print the daemon's process id" },
    { usage: "pid <name>", does: "Print the process id of a process" },
    { usage: "pid all", does: "Print the process id of every process, one per line" },
  ],
  completes: ["processes"],
  prefers: "running",
  run,
};

async function run(given: Arguments, session: Session): Promise<Ending> {
  const down = await upcheck(session);
  if (down !== null) return down;
  const daemon = await session.supervisor();
  const names = given.words;
  if (names.length === 0) return printOwn(daemon, session.terminal);
  if (names.includes("all")) return printEvery(daemon, session.terminal);
  return printNamed(names, daemon, session.terminal);
}

async function printOwn(daemon: Supervisor, terminal: Terminal): Promise<Ending> {
  const reply = await daemon.getPid();
  if (!reply.ok) return reply;
  terminal.line(String(reply.value));
  return done(EXIT.success, { daemon: reply.value });
}

async function printEvery(daemon: Supervisor, terminal: Terminal): Promise<Ending> {
  const reply = await daemon.getAllProcessInfo();
  if (!reply.ok) return reply;
  for (const info of reply.value) terminal.line(String(info.pid));
  return done(EXIT.success, { processes: reply.value.map(({ group, name, pid }) => ({ group, name, pid })) });
}

async function printNamed(names: readonly string[], daemon: Supervisor, terminal: Terminal): Promise<Ending> {
  let status: number = EXIT.success;
  const processes: object[] = [];
  const unknown: string[] = [];
  for (const name of names) {
    const reply = await daemon.getProcessInfo(name);
    if (reply.ok) {
      const { group, name: process, pid } = reply.value;
      terminal.line(String(pid));
      processes.push({ group, name: process, pid });
      if (pid === 0) status = EXIT.notRunning;
      continue;
    }
    if (faultCode(reply) !== FAULT_CODES.BAD_NAME) return reply;
    terminal.line(`No such process ${visible(name)}`);
    unknown.push(name);
    status = EXIT.generic;
  }
  return done(status, { processes, unknown });
}

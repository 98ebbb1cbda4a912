import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { keepLogin, type Login, loginsFile } from "../remote/logins.ts";
import { done, type Ending, failed, type Reply } from "../remote/reply.ts";
import { Supervisor } from "../remote/supervisor.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";

export const login: Command = {
  name: "login",
  summary:
    "Asks for the username and the password of the daemon, and keeps them for later calls in a file that only you may read. A login of the command " +
    "line, the environment or the configuration goes before it.",
  forms: [
    { usage: "login [<username>]", does: "Log in, and stay so" },
    { usage: "login --forget", does: "Forget the login of this daemon" },
  ],
  options: [{ name: "forget", text: "forget what was kept for this daemon" }],
  completes: [],
  run,
};

async function run({ words, switches }: Arguments, session: Session): Promise<Ending> {
  const { server, terminal } = session;
  if (words.length > 1) return usageError(terminal, login, "Error: login takes one username", EXIT.invalidArguments);
  const file = loginsFile(process.env);
  const { url } = server.access;
  if (switches.has("forget")) return keep(file, null, `forgot the login for ${visible(url)}`, session);
  const nobody = await new Supervisor({ url, username: null, password: null }).getPid();
  if (nobody.ok) return refuse(terminal, `${visible(url)} asks for no login`, EXIT.success);
  if (!isLoginWanted(nobody)) return nobody;
  const given = await askLogin(words[0], session);
  if (given === null) return failed("EOF when reading a line");
  const access = { ...server.access, ...given };
  const known = await new Supervisor(access).getPid();
  if (isLoginWanted(known)) return refuse(terminal, "ERROR: this is not the username and password of the daemon");
  if (!known.ok) return known;
  server.access = access;
  return keep(file, given, `logged in to ${visible(url)}`, session);
}

function isLoginWanted(reply: Reply<unknown>): boolean {
  return !reply.ok && reply.failure.kind === "http" && reply.failure.status === 401;
}

async function askLogin(named: string | undefined, { input, terminal }: Session): Promise<Login | null> {
  const username = named === undefined ? await input.ask("Username: ") : ({ kind: "line", text: named } as const);
  if (username.kind !== "line") return null;
  const password = await input.ask("Password: ", { secret: true });
  if (password.kind !== "line") return null;
  terminal.line("");
  return { username: username.text, password: password.text };
}

function keep(file: string, kept: Login | null, message: string, { terminal, server }: Session): Ending {
  try {
    keepLogin(file, server.access.url, kept);
  } catch (error) {
    return refuse(terminal, `ERROR: cannot write ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
  terminal.line(message);
  return done();
}

import { readFileSync } from "node:fs";
import type { CtlConfig } from "../src/model/config.ts";
import { formatDiagnostic } from "../src/model/diagnostic.ts";
import { ownVersion } from "../src/os/own-version.ts";
import { COMMANDS } from "./line/command-table.ts";
import { EXIT } from "./line/exit-status.ts";
import { parseWords } from "./line/parse-line.ts";
import { runWords } from "./line/run-line.ts";
import { LineInput } from "./line-input.ts";
import { type GivenOptions, parseOptions } from "./options.ts";
import type { Server, Session } from "./session.ts";
import { screenStyle } from "./style.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** As the user called it; the launcher knows. */
const program = process.env.TASKMASTERCTL_PROGRAM ?? process.argv[1] ?? "taskmasterctl";

/** Stands for the daemon of a command that needs none. */
const NO_SERVER: Pick<CtlConfig, "serverUrl" | "username" | "password"> = { serverUrl: "", username: null, password: null };

// Leaves at once: a connection or a prompt that a command left behind must not hold the program.
main(process.argv.slice(2), processTerminal()).then((status) => process.exit(status));

/** The control client's program. @returns the exit status. */
async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseOptions(words);
  switch (parsed.kind) {
    case "help": {
      const { optionsHelp } = await import("./render/options-help.ts");
      for (const line of optionsHelp(program)) terminal.line(line);
      return EXIT.success;
    }
    case "version":
      terminal.line(ownVersion());
      return EXIT.success;
    case "mistake":
      return refuse(terminal, [parsed.message]);
    case "run":
      return run(parsed.given, terminal);
  }
}

async function run(options: GivenOptions, terminal: Terminal): Promise<number> {
  // What stands in a command line can be read by every user of the machine.
  if (options.password !== null) process.title = "taskmasterctl";
  const { action } = options;
  if (action !== null && (await isOffline(action))) return (await runWords(action, session(NO_SERVER, options, terminal))).status;

  const password = passwordOf(options);
  if (!password.ok) return refuse(terminal, [password.problem]);
  const given = { ...options, password: password.value };
  const [{ discoverServer }, { systemConfigWorld }] = await Promise.all([
    import("./remote/discover-server.ts"),
    import("../src/os/config-world.ts"),
  ]);
  const found = await discoverServer(given, program, systemConfigWorld());
  // A mistake that has a line is told with its place; one of the whole file in the words that scripts know.
  if (!found.ok)
    return refuse(
      terminal,
      found.errors.map((error) => (error.position.line === null ? error.message : formatDiagnostic(error))),
    );
  if (action !== null) return (await runWords(action, session(found.value, given, terminal))).status;

  const { runShell } = await import("./shell/shell.ts");
  await runShell(session(found.value, { ...given, interactive: true }, terminal), found.value);
  return EXIT.success;
}

/** Whether a line does without a daemon, so that nothing about one can keep it from being run. */
async function isOffline(action: readonly string[]): Promise<boolean> {
  const line = parseWords(action);
  return line.kind === "command" && (await COMMANDS.find(line.name))?.offline === true;
}

function session(server: typeof NO_SERVER, { configuration, interactive, format }: GivenOptions, terminal: Terminal): Session {
  const { serverUrl: url, username, password } = server;
  const slot: Server = { access: { url, username, password } };
  return {
    terminal,
    format,
    style: () => screenStyle(process.stdout.isTTY),
    configuration,
    interactive,
    commands: COMMANDS,
    input: new LineInput(),
    history: null,
    server: slot,
    supervisor: async () => new (await import("./remote/supervisor.ts")).Supervisor(slot.access),
  };
}

/** The password of the command line: said there, or in a file. */
function passwordOf({
  password,
  passwordFile,
}: GivenOptions): { ok: true; value: string | null } | { ok: false; problem: string } {
  if (passwordFile === null) return { ok: true, value: password };
  if (password !== null) return { ok: false, problem: "cannot take both --password and --password-file" };
  try {
    const text = readFileSync(passwordFile === "-" ? process.stdin.fd : passwordFile, "utf8");
    return { ok: true, value: text.split(/\r?\n/, 1)[0] ?? "" };
  } catch (error) {
    return { ok: false, problem: `cannot read the password file ${passwordFile}: ${(error as NodeJS.ErrnoException).code}` };
  }
}

/** Says on stderr what keeps the program from doing anything. */
function refuse(terminal: Terminal, messages: readonly string[]): number {
  for (const message of messages) terminal.complain(`Error: ${message}`);
  terminal.complain(`For help, use ${program} -h`);
  return EXIT.invalidArguments;
}

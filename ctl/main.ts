import type { CtlConfig } from "../src/model/config.ts";
import { formatDiagnostic } from "../src/model/diagnostic.ts";
import { COMMANDS } from "./command-table.ts";
import { EXIT } from "./exit-status.ts";
import { LineInput } from "./line-input.ts";
import { type GivenOptions, parseOptions } from "./options.ts";
import { parseLine } from "./parse-line.ts";
import { runLine } from "./run-line.ts";
import type { Session } from "./session.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** As the user called it; the launcher knows. */
const program = process.env.TASKMASTERCTL_PROGRAM ?? process.argv[1] ?? "taskmasterctl";

/** Stands for the daemon of a command that needs none. */
const NO_SERVER: Pick<CtlConfig, "serverUrl" | "username" | "password"> = { serverUrl: "", username: null, password: null };

// Leaves at once: a connection or a prompt that a command left behind must not hold the program.
process.exit(await main(process.argv.slice(2), processTerminal()));

/** The control client's program. @returns the exit status. */
async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseOptions(words);
  switch (parsed.kind) {
    case "help": {
      const { optionsHelp } = await import("./render/options-help.ts");
      for (const line of optionsHelp(program)) terminal.line(line);
      return EXIT.success;
    }
    case "mistake":
      return refuse(terminal, [parsed.message]);
    case "run":
      return run(parsed.given, terminal);
  }
}

async function run(given: GivenOptions, terminal: Terminal): Promise<number> {
  const { action } = given;
  if (action !== null && (await isOffline(action))) return (await runLine(action, session(NO_SERVER, given, terminal))).status;

  const [{ discoverServer }, { systemConfigWorld }] = await Promise.all([
    import("./discover-server.ts"),
    import("../src/os/config-world.ts"),
  ]);
  const found = await discoverServer(given, program, systemConfigWorld());
  // A mistake that has a line is told with its place; one of the whole file in the words that scripts know.
  if (!found.ok)
    return refuse(
      terminal,
      found.errors.map((error) => (error.position.line === null ? error.message : formatDiagnostic(error))),
    );
  if (action !== null) return (await runLine(action, session(found.value, given, terminal))).status;

  const { runShell } = await import("./shell.ts");
  await runShell(session(found.value, { ...given, interactive: true }, terminal), found.value);
  return EXIT.success;
}

/** Whether a line does without a daemon, so that nothing about one can keep it from being run. */
async function isOffline(action: string): Promise<boolean> {
  const line = parseLine(action);
  return line.kind === "command" && (await COMMANDS.find(line.name))?.offline === true;
}

function session(server: typeof NO_SERVER, { interactive }: Pick<GivenOptions, "interactive">, terminal: Terminal): Session {
  const { serverUrl: url, username, password } = server;
  const created: Session = {
    terminal,
    interactive,
    commands: COMMANDS,
    input: new LineInput(process.stdin, process.stdout),
    access: { url, username, password },
    supervisor: async () => new (await import("./supervisor.ts")).Supervisor(created.access),
  };
  return created;
}

/** Says on stderr what keeps the program from doing anything. */
function refuse(terminal: Terminal, messages: readonly string[]): number {
  for (const message of messages) terminal.complain(`Error: ${message}`);
  terminal.complain(`For help, use ${program} -h`);
  return EXIT.invalidArguments;
}

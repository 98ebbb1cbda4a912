import { isYaml } from "./config/dialect.ts";
import { findConfig } from "./config/find-config.ts";
import { type ConfigSource, readConfig } from "./daemon/config-source.ts";
import { detach, takeReadyDescriptor } from "./daemon/detach.ts";
import { type DaemonCommand, daemonHelp, readDaemonCommand } from "./daemon/options.ts";
import { ProgramOverrides } from "./daemon/program-overrides.ts";
import { StartError } from "./daemon/start-error.ts";
import type { ConfigWorld } from "./model/config-world.ts";
import { formatDiagnostic, formatRemark } from "./model/diagnostic.ts";
import { systemConfigWorld } from "./os/config-world.ts";
import { ORIGINAL_NOFILE_VARIABLE } from "./os/original-limit.ts";
import { ownVersion } from "./os/own-version.ts";

/** How long what is still open may hold up the exit: the last lines on a slow stdout. */
const EXIT_GRACE_MS = 1000;

main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
  setTimeout(() => process.exit(status), EXIT_GRACE_MS).unref();
});

/** The daemon's program. @returns the exit status: 0 for a normal stop, 1 for a failure of the system, 2 for a mistake of the user. */
async function main(words: readonly string[]): Promise<number> {
  const world = ownConfigWorld();
  const command = readDaemonCommand(words, world);
  switch (command.kind) {
    case "help":
      process.stdout.write(`${daemonHelp()}\n`);
      return 0;
    case "version":
      process.stdout.write(`${ownVersion()}\n`);
      return 0;
    case "mistake":
      return refuse([command.problem]);
    case "run":
      return await run(command, world);
  }
}

/** The launcher's word to this program is no variable for configurations. */
function ownConfigWorld(): ConfigWorld {
  const { [ORIGINAL_NOFILE_VARIABLE]: _, ...env } = process.env;
  return { ...systemConfigWorld(), env };
}

async function run({ configuration, overrides }: Extract<DaemonCommand, { kind: "run" }>, world: ConfigWorld): Promise<number> {
  const found = configuration === null ? findConfig(process.argv[1] ?? "", world) : null;
  if (found?.ok === false) return refuse(found.errors.map(formatDiagnostic));
  const source: ConfigSource = { path: configuration ?? found?.value ?? "", overrides, programs: new ProgramOverrides(), world };
  const loaded = readConfig(source);
  if (!loaded.ok) return refuse(loaded.errors.map(isYaml(source.path) ? formatDiagnostic : formatRemark));
  const readyFd = takeReadyDescriptor(process.env);
  if (!loaded.value.daemon.nodaemon && readyFd === null) return await detach();
  // The waiting parent of a daemon in the background needs nothing of this, nor does a mistyped option.
  const { Daemon } = await import("./daemon/daemon.ts");
  try {
    // By its absolute path the file is found again after the daemon has changed its directory.
    const again = { ...source, path: loaded.value.path };
    return await new Daemon({ config: loaded.value, notes: loaded.notes, source: again, readyFd }).run();
  } catch (error) {
    if (error instanceof StartError) return refuse([error.message]);
    throw error;
  }
}

/** Says on stderr what is wrong, in the manner of supervisord. */
function refuse(problems: readonly string[]): number {
  process.stderr.write(`${problems.map((problem) => `Error: ${problem}\n`).join("")}For help, use taskmasterd -h\n`);
  return 2;
}

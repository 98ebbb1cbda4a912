import { spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findConfig } from "../../src/config/find-config.ts";
import type { CtlConfig } from "../../src/model/config.ts";
import { formatDiagnostic } from "../../src/model/diagnostic.ts";
import { systemConfigWorld } from "../../src/os/config-world.ts";
import { confirm } from "../confirm.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { refuse, usageError } from "../line/usage-error.ts";
import { discoverServer } from "../remote/discover-server.ts";
import { done, type Ending } from "../remote/reply.ts";
import { Supervisor } from "../remote/supervisor.ts";
import { visible } from "../render/visible.ts";
import type { Server, Session } from "../session.ts";

export const up: Command = {
  name: "up",
  summary:
    "Starts the daemon on a configuration, and the shell in front of it. Who leaves the shell is asked whether the daemon is to stop or to go on in the " +
    "background. Where a daemon runs already, it is only the shell; without a terminal it is only the daemon, in the foreground.",
  forms: [{ usage: "up [-c <file>]", does: "Run the daemon and the shell together" }],
  options: [
    {
      name: "configuration",
      short: "c",
      placeholder: "FILE",
      text: "the configuration; without it the usual places are searched",
    },
  ],
  completes: [],
  quoting: true,
  offline: true,
  endless: () => true,
  run,
};

async function run({ words, values }: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  if (words.length > 0) return usageError(terminal, up, `Error: unexpected argument ${words[0]}`, EXIT.invalidArguments);
  const path = configurationPath(values.get("configuration") ?? session.configuration);
  if (!path.ok) return refuse(terminal, `Error: ${path.problem}`, EXIT.invalidArguments);
  if (!process.stdin.isTTY || !process.stdout.isTTY) return done(await runInForeground(path.value));

  const world = systemConfigWorld();
  // The daemon of this configuration is meant, whatever the environment says of another one.
  const here = { ...world, env: { ...world.env, TASKMASTER_SERVER_URL: undefined } };
  const found = await discoverServer({ ...NOTHING_GIVEN, configuration: path.value }, process.argv[1] ?? "", here);
  if (!found.ok) {
    for (const error of found.errors) terminal.complain(`Error: ${formatDiagnostic(error)}`);
    return done(EXIT.invalidArguments);
  }
  const inner = sessionWith(found.value, session);
  const earlier = await (await inner.supervisor()).getPid();
  if (earlier.ok) terminal.line(`a daemon runs here already, pid ${earlier.value}: this is its shell`);
  else if (!(await startDaemon(path.value, inner))) return done(EXIT.generic);
  const { runShell } = await import("../shell/shell.ts");
  await runShell(inner, found.value);
  if (!earlier.ok) await offerToStop(path.value, inner);
  return done();
}

const NOTHING_GIVEN = { configuration: null, serverUrl: null, username: null, password: null, historyFile: null };

function configurationPath(named: string | null): { ok: true; value: string } | { ok: false; problem: string } {
  if (named !== null) return { ok: true, value: resolve(named) };
  const found = findConfig(process.argv[1] ?? "", systemConfigWorld());
  return found.ok ? { ok: true, value: resolve(found.value) } : { ok: false, problem: found.errors[0]?.message ?? "" };
}

function sessionWith({ serverUrl: url, username, password }: CtlConfig, session: Session): Session {
  const server: Server = { access: { url, username, password } };
  return { ...session, interactive: true, server, supervisor: async () => new Supervisor(server.access) };
}

/** The daemon's launcher lies beside this program's folder, wherever that was put. */
const LAUNCHER = join(dirname(fileURLToPath(import.meta.url)), "../src/taskmasterd.sh");

/** Between two looks whether the daemon is there, and how long it may take; milliseconds. */
const LOOK_MS = 50;
const PATIENCE_MS = 60_000;

/** Starts the daemon in the background. It says itself what keeps it from starting. @returns whether it answers. */
async function startDaemon(path: string, session: Session): Promise<boolean> {
  // In a session of its own, so that no key of this terminal reaches it.
  const child = spawn(LAUNCHER, ["-s", "-c", path], { detached: true, stdio: ["ignore", "inherit", "inherit"] });
  let left: number | null = null;
  const exit = new Promise<void>((end) => {
    child.on("error", () => end());
    child.on("exit", (code) => {
      left = code ?? EXIT.generic;
      end();
    });
  });
  child.unref();
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    await Promise.race([exit, new Promise((next) => setTimeout(next, LOOK_MS))]);
    if (left !== null && left !== 0) return false;
    // With nodaemon in its configuration it never leaves its place.
    if ((await (await session.supervisor()).getPid()).ok) return true;
    if (left === 0) await new Promise((next) => setTimeout(next, LOOK_MS));
  }
  session.terminal.line(`the daemon was started, but does not answer at ${visible(session.server.access.url)}`);
  return false;
}

async function offerToStop(path: string, session: Session): Promise<void> {
  const { terminal } = session;
  const daemon = await session.supervisor();
  // A shutdown typed in the shell was the answer.
  const processes = await daemon.getAllProcessInfo();
  if (!processes.ok) return;
  const running = processes.value.filter(({ pid }) => pid !== 0).length;
  const consent = await confirm(session, `Stop the daemon and its ${running} running processes y/N? `);
  if (!consent.ok || !consent.value) {
    terminal.line(`they go on; taskmasterctl -c ${visible(path)} comes back to them`);
    return;
  }
  await daemon.shutdown();
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline && (await daemon.getPid()).ok) await new Promise((next) => setTimeout(next, LOOK_MS));
  terminal.line("stopped");
}

/** @returns the daemon's exit status. */
function runInForeground(path: string): Promise<number> {
  const child = spawn(LAUNCHER, ["-n", "-c", path], { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on("error", () => resolve(EXIT.generic));
    child.on("exit", (code) => resolve(code ?? EXIT.generic));
  });
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../support/free-port.ts";
import { waitFor } from "../support/wait.ts";
import { runClient, SUPERVISORCTL } from "./clients.ts";

/** A supervisord of Debian's, in a folder of its own. */
export interface RealSupervisord {
  readonly folder: string;
  readonly configuration: string;
  readonly unixUrl: string;
  /** Asks for the login `user` / `secret`. */
  readonly inetUrl: string;
  /** Replaces the programs of the configuration file. */
  configure(programs: string): void;
  /** Waits until every process is in one of the states that `settled` accepts. */
  settle(settled: (statuses: string) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** @param programs - the sections that follow those of the daemon. */
export async function startSupervisord(programs: string): Promise<RealSupervisord> {
  const folder = mkdtempSync(join(tmpdir(), "ctl-"));
  const configuration = join(folder, "supervisord.conf");
  const unixUrl = `unix://${join(folder, "s.sock")}`;
  const inetUrl = `http://127.0.0.1:${await freePort()}`;
  const configure = (text: string) => writeFileSync(configuration, `${ownSections(folder, unixUrl, inetUrl)}\n${text}\n`);
  configure(programs);
  const daemon = spawn("/usr/bin/supervisord", ["-n", "-c", configuration], { cwd: folder, stdio: "ignore" });
  const settle = async (settled: (statuses: string) => boolean) => {
    await waitFor("the processes to settle", async () => {
      const { stdout, stderr } = await runClient(SUPERVISORCTL, ["-c", configuration, "status"]);
      return stderr === "" && !/no such file|refused/.test(stdout) && settled(stdout);
    });
  };
  return { folder, configuration, unixUrl, inetUrl, configure, settle, stop: () => stop(daemon, folder) };
}

async function stop(daemon: ChildProcess, folder: string): Promise<void> {
  if (daemon.exitCode === null && daemon.signalCode === null) {
    const ended = once(daemon, "exit");
    daemon.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

function ownSections(folder: string, unixUrl: string, inetUrl: string): string {
  return `
[supervisord]
logfile=${folder}/supervisord.log
pidfile=${folder}/supervisord.pid
childlogdir=${folder}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[unix_http_server]
file=${unixUrl.replace("unix://", "")}
[inet_http_server]
port=${inetUrl.replace("http://", "")}
username=user
password=secret
[supervisorctl]
serverurl=${unixUrl}`;
}

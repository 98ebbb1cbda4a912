import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { globalAgent } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { type ProcessInfo, TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";
import { PASSWORD, USERNAME } from "./http-message.ts";
import type { StormPlace } from "./storm.ts";

/** A daemon to be stormed, and where it can be reached. */
export interface Target {
  readonly daemon: TestDaemon;
  readonly places: readonly StormPlace[];
}

/** Says that it is ready, and takes every event that comes. */
const LISTENER = `import sys
while True:
    sys.stdout.write("READY\\n"); sys.stdout.flush()
    header = dict(pair.split(":") for pair in sys.stdin.readline().split())
    sys.stdin.read(int(header["len"]))
    sys.stdout.write("RESULT 2\\nOK"); sys.stdout.flush()
`;

/** Writes what terminals and XML parsers dislike, for ever. */
const TALKER = `while :; do printf '\\033[31m\\000\\377\\355\\240\\200]]><![CDATA[&amp;\\357\\277\\276\\r\\n'; sleep 0.02; done\n`;

/** Starts a daemon on a unix socket, on an open port and on a guarded one, with programs that are watched and others that are victims. */
export async function startTarget(): Promise<Target> {
  const [open, guarded] = [await freePort(), await freePort()];
  const daemon = new TestDaemon(configuration(open, guarded));
  writeFileSync(join(daemon.folder, "listener.py"), LISTENER);
  writeFileSync(join(daemon.folder, "talker.sh"), TALKER);
  await start(daemon);
  return {
    daemon,
    places: [
      { place: { path: daemon.socket }, guarded: false },
      { place: { host: "127.0.0.1", port: open }, guarded: false },
      { place: { host: "127.0.0.1", port: guarded }, guarded: true },
    ],
  };
}

async function start(daemon: TestDaemon): Promise<void> {
  try {
    await daemon.start();
    await daemon.reach("victims:victim_02", "RUNNING");
  } catch (error) {
    await daemon.stop();
    throw error;
  }
}

function configuration(open: number, guarded: number): string {
  return `
http:
  unix: { file: s.sock }
  inet:
    - { port: "127.0.0.1:${open}" }
    - { port: "127.0.0.1:${guarded}", username: ${USERNAME}, password: "${PASSWORD}" }
daemon: { logfile: daemon.log, logfile_maxbytes: 100KB, pidfile: daemon.pid, childlogdir: ., runtimedir: run }
programs:
  watched: { cmd: sh talker.sh, workingdir: ., starttime: 0, stdout: watched.log, stdout_logfile_maxbytes: 64KB, stdout_logfile_backups: 1 }
  sleeper: { cmd: sleep 6000, starttime: 0 }
  victim: { cmd: cat, numprocs: 3, starttime: 0, autorestart: true, stoptime: 1, stdout_logfile_maxbytes: 100KB, stdout_logfile_backups: 1 }
  hopeless: { cmd: "/no/such/<program>&", autostart: false }
groups:
  victims: { programs: [victim] }
listeners:
  witness: { cmd: /usr/bin/python3 listener.py, workingdir: ., starttime: 0, events: [REMOTE_COMMUNICATION, PROCESS_STATE, PROCESS_GROUP] }
`;
}

/** Puts the victims back to work, and tells how daemon and programs are, but for what has to change. */
export async function conditionOf({ daemon }: Target): Promise<unknown> {
  await daemon.call("taskmaster.scale", "hopeless", 1);
  await daemon.call("taskmaster.update");
  await daemon.call("supervisor.startAllProcesses");
  // From now on every log is open, also one that nothing was written to.
  await daemon.call("supervisor.clearAllProcessLogs");
  const condition = { state: await daemon.call("supervisor.getState"), processes: (await daemon.allInfo()).map(withoutTimes) };
  // Connections that Node keeps for further calls would count among the descriptors of the daemon.
  globalAgent.destroy();
  return condition;
}

/** Groups that requests may stop, or remove and add anew. */
const VICTIMS: readonly string[] = ["victims", "hopeless"];

function withoutTimes(info: ProcessInfo): Partial<ProcessInfo> {
  const { name, group, statename, spawnerr } = info;
  if (VICTIMS.includes(group)) return { name, group, statename, spawnerr };
  return { ...info, ...{ now: 0, description: "" } };
}

/** How long nothing may have changed for the descriptors to count as settled, in milliseconds. */
const SETTLED_MS = 500;

/**
 * Waits until the daemon has closed what it had for clients that are gone.
 * @returns what its descriptors lead to, sorted, without the parts of names that are new whenever a program is started again.
 */
export async function settledDescriptors({ daemon: { pid } }: Target): Promise<readonly string[]> {
  let last = descriptorsOf(pid);
  return await waitFor("the descriptors to settle", async () => {
    await sleep(SETTLED_MS);
    const before = last;
    last = descriptorsOf(pid);
    return isDeepStrictEqual(last, before) ? last : null;
  });
}

function descriptorsOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder)
    .flatMap((fd) => target(join(folder, fd)))
    .sort();
}

function target(link: string): string | readonly string[] {
  try {
    return readlinkSync(link).replace(/:\[\d+\]$|---supervisor-\w+\.log$/, "");
  } catch {
    // Closed since the folder was listed.
    return [];
  }
}

/** What the daemon has in memory, in MiB. */
export function residentMiB(pid: number): number {
  return Number(/^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

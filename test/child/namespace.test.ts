import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { mayMount } from "../support/may-mount.ts";

const BUILT = pathToFileURL(join(import.meta.dirname, "../../dist/src/")).href;

/** A daemon of its own: it starts a child that leaves a grandchild behind, and waits for both. */
const DAEMON = `
import { readdirSync, readFileSync } from "node:fs";
const { ChildProcesses } = await import("${BUILT}child/child-processes.js");
const { InheritedOutput } = await import("${BUILT}os/inherited-output.js");
const { SyslogWriter } = await import("${BUILT}os/syslog-writer.js");
const seen = [];
const inherited = new InheritedOutput();
const children = new ChildProcesses({
  runtimeDir: process.argv[2], childLogDir: "/tmp", identifier: "x", stripAnsi: false, serverUrl: null, openFiles: 1024,
  env: process.env, inherited, syslog: new SyslogWriter(),
  activity: { isEnabled: (level) => level !== "debug", log: (level, message) => note(message.replace(/pid \\d+/, "pid N")) },
});
function note(text) {
  seen.push(text);
  if (seen.length < 2) return;
  const zombies = readdirSync("/proc").filter((name) => /^\\d+$/.test(name) && isOwnZombie(name));
  console.log(JSON.stringify({ pid: process.pid, seen, zombies }));
  children.close();
  process.exit();
}
function isOwnZombie(pid) {
  try {
    const fields = readFileSync("/proc/" + pid + "/stat", "utf8").split(") ")[1].split(" ");
    return fields[0] === "Z" && fields[1] === String(process.pid);
  } catch { return false; }
}
children.onExit((id, pid, exit) => note(id + " " + exit.code));
const none = { log: { kind: "none" }, syslog: false };
const words = ["sh", "-c", "(sleep 0.3; exit 7) & exit 3"];
const launch = { command: { text: "", words, problem: null }, directory: null, umask: null, user: null, environment: {}, serverUrl: null,
  redirectStderr: false, stdout: none, stderr: none, socket: null };
setInterval(() => {}, 1000);
children.spawn({ group: "g", name: "p", program: "p", policy: {}, launch });
`;

/** Runs the daemon behind the words before it and tells what it saw. */
async function runDaemon(before: readonly string[]): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "taskmaster-namespace-"));
  try {
    writeFileSync(join(folder, "daemon.mjs"), DAEMON);
    const words = [...before, process.execPath, join(folder, "daemon.mjs"), join(folder, "run")];
    const { stdout } = await promisify(execFile)("env", words, { timeout: 20_000 });
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ADOPTED = { seen: ["g:p 3", "reaped unknown pid N (exit status 7)"], zombies: [] };

describe("the orphans that a child leaves behind", () => {
  it("are reaped by a daemon that is their subreaper", async () => {
    const PR_SET_CHILD_SUBREAPER = 36;
    const become = `import ctypes, os, sys; ctypes.CDLL(None).prctl(${PR_SET_CHILD_SUBREAPER}, 1); os.execvp(sys.argv[1], sys.argv[1:])`;
    expect(await runDaemon(["python3", "-c", become])).toMatchObject(ADOPTED);
  });

  if (mayMount()) {
    it("are reaped by a daemon that is process 1 of a container", async () => {
      const container = ["unshare", "--pid", "--fork", "--mount-proc"];
      expect(await runDaemon(container)).toEqual({ ...ADOPTED, pid: 1 });
    });
  }
});

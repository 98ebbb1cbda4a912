import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mayMount } from "../support/may-mount.ts";
import { OWN_DAEMON } from "./own-daemon.ts";
import { aProcess, aStream, Nursery, until } from "./support.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "taskmaster-daemon-"));
  writeFileSync(join(folder, "daemon.mjs"), OWN_DAEMON);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a daemon of its own, behind the words before it, with a child that runs a script. */
function aDaemon(before: readonly string[], script: string, log: string | null = null) {
  const options = { runtimeDir: join(folder, "run"), words: ["sh", "-c", script], log };
  const words = [...before, process.execPath, join(folder, "daemon.mjs"), JSON.stringify(options)];
  const child = spawn("env", words, { stdio: ["ignore", "pipe", "inherit"] });
  const seen: Record<string, unknown>[] = [];
  let rest = "";
  child.stdout.on("data", (data) => {
    const lines = (rest + data).split("\n");
    rest = String(lines.pop());
    seen.push(...lines.map((line) => JSON.parse(line)));
  });
  return { child, seen };
}

describe("the orphans that a child leaves behind", () => {
  async function expectAdoption(before: readonly string[]): Promise<void> {
    const { child, seen } = aDaemon(before, "(sleep 0.3; exit 7) & exit 3");
    await until(() => seen.length === 3 || undefined);
    child.kill("SIGKILL");
    expect(seen[1]).toEqual({ id: "g:p", exit: { kind: "exited", code: 3 } });
    expect(seen[2]?.message).toMatch(/^reaped unknown pid \d+ \(exit status 7\)$/);
  }

  it("are reaped by a daemon that is their subreaper", async () => {
    const PR_SET_CHILD_SUBREAPER = 36;
    const become = `import ctypes, os, sys; ctypes.CDLL(None).prctl(${PR_SET_CHILD_SUBREAPER}, 1); os.execvp(sys.argv[1], sys.argv[1:])`;
    await expectAdoption(["python3", "-c", become]);
  });

  if (mayMount()) {
    it("are reaped by a daemon that is process 1 of a container", async () => {
      await expectAdoption(["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]);
    });
  }
});

describe("a program whose daemon was killed", () => {
  it("goes on without a signal, and the next daemon reads on where the last one ended", async () => {
    const script = `echo $$ > ${folder}/pid; i=0; while [ ! -e ${folder}/stop ]; do echo $i; i=$((i+1)); sleep 0.01; done; touch ${folder}/ended`;
    const log = join(folder, "log");
    const { child, seen } = aDaemon([], script, log);
    const ended = new Promise((resolve) => child.on("exit", resolve));
    await until(() => (seen.length > 0 && numbersIn(log).length > 5) || undefined);
    child.kill("SIGKILL");
    await ended;
    const before = numbersIn(log).length;

    const nursery = new Nursery({ runtimeDir: join(folder, "run") });
    await nursery.run(aProcess(["true"], { stdout: aStream({ kind: "file", path: log }) }));
    await until(() => numbersIn(log).length > before + 5 || undefined);
    writeFileSync(join(folder, "stop"), "");
    await until(() => readdirSync(folder).includes("ended") || undefined);
    const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
    await until(() => !readdirSync("/proc").includes(String(pid)) || isZombie(pid) || undefined);
    await until(() => numbersIn(log).every((number, index) => number === index) || undefined);
    await nursery.close();
  });
});

function numbersIn(log: string): number[] {
  try {
    return readFileSync(log, "utf8").split("\n").slice(0, -1).map(Number);
  } catch {
    return [];
  }
}

/** Nobody may be there to reap an orphan. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true;
  }
}

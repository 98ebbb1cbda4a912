import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forkProblem } from "../../src/child/spawn-problem.ts";
import type { LaunchConfig } from "../../src/model/config.ts";
import { keepInheritedDescriptors } from "../../src/os/inherited-descriptors.ts";
import { getLimit, setLimit } from "../../src/os/resource-limit.ts";
import { aProcess, Nursery, until } from "./support.ts";

/** Only root may become somebody else; elsewhere there is nothing to state. */
const rootOnly = process.getuid?.() === 0 ? it : () => {};
const NOBODY = { uid: 65534, gid: 65534, name: "nobody" };

let nursery: Nursery;
beforeEach(() => {
  nursery = new Nursery({ env: { ...process.env, TASKMASTER_NOFILE: "256" }, serverUrl: "unix:///tmp/s.sock" });
});
afterEach(() => nursery.close());

/** What a shell script says as a child. */
async function outputOf(script: string, launch: Partial<LaunchConfig> = {}): Promise<string> {
  const name = `out${nursery.exits.length}`;
  await nursery.run(aProcess(["sh", "-c", script], { ...launch, stdout: nursery.file(name), redirectStderr: true }));
  return readFileSync(nursery.path(name), "utf8");
}

describe("a child", () => {
  it("has no descriptors but 0, 1 and 2", async () => {
    keepInheritedDescriptors();
    const own = openSync("/dev/null", "r");
    expect(own).toBeGreaterThan(2);
    // The fourth is the one by which `ls` reads the folder.
    expect(await outputOf("exec ls /proc/self/fd")).toBe("0\n1\n2\n3\n");
    closeSync(own);
  });

  it("blocks, ignores and catches no signal", async () => {
    const status = await outputOf("exec cat /proc/self/status");
    const masks = [...status.matchAll(/^Sig(Blk|Ign|Cgt):\s*(\S+)$/gm)].map(([, name, mask]) => [name, Number(`0x${mask}`)]);
    expect(masks).toEqual([
      ["Blk", 0],
      ["Ign", 0],
      ["Cgt", 0],
    ]);
  });

  it("dies of SIGPIPE, which the daemon itself ignores", async () => {
    const { exit } = await nursery.run(aProcess(["sh", "-c", "kill -PIPE $$"]));
    expect(exit).toEqual({ kind: "signalled", signal: 13, coreDumped: false });
  });

  it("leads a session and a process group of its own", async () => {
    const [pid, group, session] = (await outputOf("echo $$; cut -d' ' -f5,6 /proc/$$/stat")).split(/\s+/);
    expect(group).toBe(pid);
    expect(session).toBe(pid);
  });

  it("gets the soft limit of open files that it would inherit from supervisord", async () => {
    expect(await outputOf("ulimit -Sn; ulimit -Hn")).toBe(`1024\n${getLimit("RLIMIT_NOFILE").hard}\n`);
    expect(getLimit("RLIMIT_NOFILE").soft).toBeGreaterThan(1024);
  });

  it("gets the configured umask, and the daemon keeps its own", async () => {
    const own = process.umask();
    expect(await outputOf("umask", { umask: 0o027 })).toBe("0027\n");
    expect(process.umask()).toBe(own);
    expect(Number.parseInt(await outputOf("umask"), 8)).toBe(own);
  });

  it("starts in the configured directory", async () => {
    mkdirSync(nursery.path("home"));
    expect(await outputOf("pwd -P", { directory: nursery.path("home") })).toBe(`${nursery.path("home")}\n`);
  });

  it("runs a relative command of its directory", async () => {
    mkdirSync(nursery.path("home"));
    writeFileSync(nursery.path("home/hello"), "#!/bin/sh\necho hello\n", { mode: 0o755 });
    await nursery.run(aProcess([nursery.path("home/hello")], { stdout: nursery.file("o"), directory: nursery.path("home") }));
    expect(readFileSync(nursery.path("o"), "utf8")).toBe("hello\n");
  });

  it("knows that it is supervised, and the configured variables win over everything", async () => {
    const shown = await outputOf("env | grep -e SUPERVISOR -e ^MINE -e ^HOME -e TASKMASTER; true", {
      environment: { MINE: "grüß\nGott", SUPERVISOR_ENABLED: "perhaps", HOME: "/there" },
    });
    const lines = shown.split("\n").filter((line) => line !== "");
    expect(lines).toEqual(
      expect.arrayContaining([
        "SUPERVISOR_ENABLED=perhaps",
        "SUPERVISOR_SERVER_URL=unix:///tmp/s.sock",
        "SUPERVISOR_PROCESS_NAME=p",
        "SUPERVISOR_GROUP_NAME=g",
        "MINE=grüß",
        "HOME=/there",
      ]),
    );
    expect(shown).not.toContain("TASKMASTER_NOFILE");
  });

  it("is told the URL that the program sets instead of the daemon's", async () => {
    expect(await outputOf("echo $SUPERVISOR_SERVER_URL", { serverUrl: "http://elsewhere:9" })).toBe("http://elsewhere:9\n");
  });

  rootOnly("runs as the configured user with all groups of that user, and can open its own /dev/stdout", async () => {
    chmodSync(nursery.folder, 0o755);
    const shown = await outputOf("id -u; id -g; id -G; echo $HOME; echo again > /dev/stdout", { user: NOBODY });
    expect(shown).toBe(`65534\n65534\n65534\n${process.env.HOME}\nagain\n`);
  });

  rootOnly("shows its own name and arguments when it runs as another user", async () => {
    await nursery.run(aProcess(["cat", "/proc/self/cmdline"], { user: NOBODY, stdout: nursery.file("o") }));
    expect(readFileSync(nursery.path("o"), "utf8")).toBe("cat\0/proc/self/cmdline\0");
  });
});

describe("what supervisord finds out only in the forked child", () => {
  const last = "supervisor: child process was not spawned\n";

  async function failureOf(words: readonly string[], launch: Partial<LaunchConfig>): Promise<string> {
    const { exit } = await nursery.run(aProcess(words, { ...launch, stderr: nursery.file("err") }));
    expect(exit).toEqual({ kind: "exited", code: 127 });
    return readFileSync(nursery.path("err"), "utf8");
  }

  it("tells of a directory that is not there, or is none", async () => {
    expect(await failureOf(["true"], { directory: "/no/such" })).toBe(`supervisor: couldn't chdir to /no/such: ENOENT\n${last}`);
  });

  it("tells of a directory that is a file", async () => {
    expect(await failureOf(["true"], { directory: "/etc/passwd" })).toBe(
      `supervisor: couldn't chdir to /etc/passwd: ENOTDIR\n${last}`,
    );
  });

  it("tells of a script without an interpreter line", async () => {
    writeFileSync(nursery.path("script"), "echo never\n", { mode: 0o755 });
    const words = [nursery.path("script"), "x"];
    expect(await failureOf(words, {})).toBe(`supervisor: couldn't exec ${words[0]}: ENOEXEC\n${last}`);
  });

  it("tells of an interpreter that is missing", async () => {
    writeFileSync(nursery.path("script"), "#!/no/such/shell\n", { mode: 0o755 });
    const words = [nursery.path("script")];
    expect(await failureOf(words, {})).toBe(`supervisor: couldn't exec ${words[0]}: ENOENT\n${last}`);
  });

  it("tells of a user that does not exist", async () => {
    const user = { uid: 54321, gid: 54321, name: "54321" };
    expect(await failureOf(["true"], { user })).toBe(`supervisor: couldn't setuid to 54321: Can't find uid 54321\n${last}`);
  });
});

describe("a process that cannot be spawned", () => {
  it("says that its log is a directory", () => {
    mkdirSync(nursery.path("log.d"));
    const config = aProcess(["true"], { stdout: nursery.file("log.d") }, "out");
    expect(nursery.children.spawn(config)).toEqual({ ok: false, problem: "unknown error making dispatchers for 'out': EISDIR" });
  });

  it("says that there are too many open files", () => {
    const { soft, hard } = getLimit("RLIMIT_NOFILE");
    const open = readdirSync("/proc/self/fd").length;
    setLimit("RLIMIT_NOFILE", { soft: Math.min(open, 20), hard });
    const outcome = nursery.children.spawn(aProcess(["true"]));
    setLimit("RLIMIT_NOFILE", { soft, hard });
    expect(outcome).toEqual({ ok: false, problem: "too many open files to spawn 'p'" });
  });

  it("says that there are too many processes, or what else is wrong with the fork", () => {
    expect(forkProblem("p", "EAGAIN")).toBe("Too many processes in process table to spawn 'p'");
    expect(forkProblem("p", "ENOMEM")).toBe("unknown error during fork for 'p': ENOMEM");
    expect(forkProblem("p", "ENOEXEC")).toBeNull();
  });

  it("leaves no descriptor open", async () => {
    mkdirSync(nursery.path("log.d"));
    const config = aProcess(["true"], { stdout: nursery.file("o"), stderr: nursery.file("log.d") });
    const before = readdirSync("/proc/self/fd").length;
    for (let time = 0; time < 3; time++) nursery.children.spawn(config);
    await until(() => readdirSync("/proc/self/fd").length === before || undefined);
  });

  it("says what is wrong with its command", () => {
    expect(nursery.children.spawn(aProcess(["/no/such/command"]))).toEqual({
      ok: false,
      problem: "can't find command '/no/such/command'",
    });
  });
});

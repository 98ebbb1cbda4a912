import { spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statfsSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { TestDaemon, type TestDaemonOptions } from "../support/test-daemon.ts";
import { isInstalled } from "../support/tools.ts";
import { waitFor } from "../support/wait.ts";

const isRoot = process.getuid?.() === 0;
const SLEEPER = "programs:\n  sleeper: { cmd: sleep 600, starttime: 0.1 }\n";
const STUBBORN = `programs:\n  stubborn: { cmd: "sh -c 'trap \\"\\" TERM; echo up; while :; do sleep 0.05; done'", starttime: 0, stoptime: 1, stdout: out }\n`;

const daemons: TestDaemon[] = [];

afterEach(async () => {
  for (const daemon of daemons.splice(0)) await daemon.stop();
});

function aDaemon(configuration: string | ((folder: string) => string), options?: TestDaemonOptions): TestDaemon {
  const daemon = new TestDaemon(configuration, options);
  daemons.push(daemon);
  return daemon;
}

describe("the daemon", () => {
  it.each(["SIGTERM", "SIGINT", "SIGQUIT"] as const)(
    "stops everything on %s, leaves nothing behind and exits with 0",
    async (signal) => {
      const daemon = await aDaemon(SLEEPER).start();
      const { pid } = await daemon.reach("sleeper", "RUNNING");
      expect(daemon.read("daemon.pid")).toBe(`${daemon.pid}\n`);
      daemon.signal(signal);
      expect(await daemon.left()).toBe(0);
      expect(isAlive(pid)).toBe(false);
      expect(daemon.log).toContain(`WARN received ${signal} indicating exit request`);
      expect(existsSync(daemon.socket) || existsSync(join(daemon.folder, "daemon.pid"))).toBe(false);
      expect(readdirSync(join(daemon.folder, "run"))).toEqual([]);
    },
  );

  it("only notes a second SIGTERM while it stops", async () => {
    const daemon = await aDaemon(STUBBORN).start();
    await waitFor("the trap", () => daemon.read("out").includes("up"));
    daemon.signal("SIGTERM");
    await waitFor("the first", () => daemon.log.includes("to die"));
    daemon.signal("SIGTERM");
    expect(await daemon.left()).toBe(0);
    expect(daemon.log.match(/received SIGTERM indicating exit request/g)).toHaveLength(2);
    expect(daemon.log).toMatch(/WARN killing 'stubborn' \(\d+\) with SIGKILL/);
  });

  it("reads its configuration again on SIGHUP and touches only what differs", async () => {
    const daemon = await aDaemon(`${SLEEPER}  other: { cmd: sleep 601, starttime: 0.1 }\n`).start();
    const before = await daemon.reach("sleeper", "RUNNING");
    const other = await daemon.reach("other", "RUNNING");
    daemon.configure(`${SLEEPER}  other: { cmd: sleep 602, starttime: 0.1 }\n  third: { cmd: sleep 603, starttime: 0.1 }\n`);
    daemon.signal("SIGHUP");
    await waitFor("the third", async () => (await daemon.allInfo()).length === 3);
    await daemon.reach("third", "RUNNING");
    expect((await daemon.reach("other", "RUNNING")).pid).not.toBe(other.pid);
    expect((await daemon.info("sleeper")).pid).toBe(before.pid);
  });

  it("changes nothing on SIGHUP when the configuration is bad, and says what and where", async () => {
    const daemon = await aDaemon(SLEEPER).start();
    const { pid } = await daemon.reach("sleeper", "RUNNING");
    daemon.configure("programs:\n  sleeper: { cmd: sleep 600, strattime: 1 }\n");
    daemon.signal("SIGHUP");
    await waitFor("the report", () => daemon.log.includes("was not applied"));
    expect(daemon.log).toMatch(/taskmaster\.yaml:2:\d+: .*strattime.*starttime/);
    expect((await daemon.info("sleeper")).pid).toBe(pid);
  });

  it("reopens its logs on SIGUSR2", async () => {
    const daemon = await aDaemon(
      "programs:\n  it: { cmd: \"sh -c 'while :; do echo line; sleep 0.05; done'\", stdout: out }\n",
    ).start();
    await waitFor("output", () => daemon.read("out") !== "");
    for (const name of ["daemon.log", "out"]) renameSync(join(daemon.folder, name), join(daemon.folder, `${name}.old`));
    daemon.signal("SIGUSR2");
    await waitFor("new logs", () => daemon.log.includes("supervisord logreopen") && daemon.read("out").includes("line"));
  });

  it("keeps its pipes in memory where there is some, for its user alone, and leaves none behind", async () => {
    const daemon = await aDaemon(`${SLEEPER}daemon: { logfile: daemon.log, pidfile: daemon.pid, childlogdir: . }\n`).start();
    await daemon.reach("sleeper", "RUNNING");
    const links = readdirSync(`/proc/${daemon.pid}/fd`).map((fd) => readlinkSync(`/proc/${daemon.pid}/fd/${fd}`));
    const folder = dirname(links.find((link) => link.endsWith("sleeper.stdout")) ?? "");
    expect(folder).toMatch(/\/pipes-\d+-\w{6}$/);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const TMPFS = 0x0102_1994;
    if (statfsSync("/dev/shm").type === TMPFS) expect(statfsSync(folder).type).toBe(TMPFS);
    await daemon.stop();
    expect(existsSync(folder)).toBe(false);
  });

  it("removes the pipes of a daemon that is gone, and leaves those of one that runs in another container", async () => {
    const daemon = aDaemon(SLEEPER);
    const [gone, elsewhere] = ["gone01", "else01"].map((end) => join(daemon.folder, `run/pipes-4194305-${end}`));
    for (const folder of [gone, elsewhere]) mkdirSync(String(folder), { recursive: true });
    const holder = spawn("flock", [String(elsewhere), "cat"], { stdio: "pipe" });
    holder.stdin.write("held\n");
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    await daemon.start();
    expect([gone, elsewhere].map((folder) => existsSync(String(folder)))).toEqual([false, true]);
    holder.stdin.end();
  });

  it("ignores SIGUSR1, which would open a debugger's port", async () => {
    const daemon = await aDaemon(SLEEPER).start();
    daemon.signal("SIGUSR1");
    await waitFor("the note", () => daemon.log.includes("ignored SIGUSR1"));
    expect(await daemon.call("supervisor.getPID")).toBe(daemon.pid);
    expect(daemon.output).not.toContain("Debugger listening");
  });

  it("refuses to start where another daemon holds the socket, and leaves that one alone", async () => {
    const first = await aDaemon(SLEEPER).start();
    const { stdout_logfile: log } = await first.reach("sleeper", "RUNNING");
    // An automatic log is there once somebody reads it.
    expect(await first.call("supervisor.readProcessStdoutLog", "sleeper", 0, 0)).toBe("");
    expect(existsSync(log)).toBe(true);
    const second = aDaemon(
      `${SLEEPER}http: { unix: { file: ${first.socket} } }\ndaemon: { childlogdir: ${first.folder}, logfile: none, pidfile: x.pid }\n`,
    );
    second.launch();
    expect(await second.left()).toBe(2);
    expect(second.output).toContain(
      "Another program is already listening on a port that one of our HTTP servers is configured to use.",
    );
    expect(second.output).toContain(first.socket);
    expect(existsSync(log)).toBe(true);
    expect((await first.info("sleeper")).statename).toBe("RUNNING");
  });

  it("takes the place of a daemon that was killed, whose programs noticed nothing", async () => {
    const daemon = aDaemon("programs:\n  it: { cmd: \"sh -c 'while :; do echo line; sleep 0.05; done'\", starttime: 0 }\n");
    await daemon.start();
    const { pid } = await daemon.reach("it", "RUNNING");
    process.kill(daemon.pid, "SIGKILL");
    await waitFor("the end", () => !isAlive(daemon.pid));
    try {
      await daemon.start();
      expect(daemon.output).toContain(`Unlinking stale socket ${daemon.socket}`);
      expect(isAlive(pid)).toBe(true);
    } finally {
      process.kill(pid, "SIGKILL");
    }
  });

  it.each(["supervisor.shutdown", "supervisor.restart"])("answers %s also when there is nothing to stop", async (method) => {
    const daemon = await aDaemon("programs: {}\n").start();
    expect(await daemon.call(method)).toBe(true);
  });

  it("restarts in the same pid when a client asks for it", async () => {
    const daemon = await aDaemon(SLEEPER).start();
    const { pid } = await daemon.reach("sleeper", "RUNNING");
    daemon.configure("programs:\n  fresh: { cmd: sleep 601, starttime: 0.1 }\n");
    await daemon.call("supervisor.restart");
    await waitFor("the new life", async () => (await daemon.allInfo()).some(({ name }) => name === "fresh"));
    expect(await daemon.call("supervisor.getPID")).toBe(daemon.pid);
    expect(isAlive(pid)).toBe(false);
    expect((await daemon.allInfo()).map(({ name }) => name)).toEqual(["fresh"]);
  });

  it("keeps its old configuration when the new one is bad at a restart", async () => {
    const daemon = await aDaemon(SLEEPER).start();
    const { pid } = await daemon.reach("sleeper", "RUNNING");
    daemon.configure("programs: [");
    await daemon.call("supervisor.restart");
    await waitFor("the new life", async () => {
      const info = await daemon.info("sleeper");
      return info.statename === "RUNNING" && info.pid !== pid;
    });
    expect(daemon.log).toContain("CRIT the old configuration stays in force");
  });
});

describe("the daemon in the background", () => {
  it("answers when the command returns, detached from the terminal", async () => {
    const daemon = aDaemon(SLEEPER);
    const started = background(daemon);
    expect(started).toEqual({ status: 0, stdout: "", stderr: "" });
    const pid = Number(daemon.read("daemon.pid"));
    try {
      expect(await daemon.call("supervisor.getPID")).toBe(pid);
      expect(readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[5]).toBe(String(pid));
      expect(daemon.log).toContain("INFO daemonizing the supervisord process");
    } finally {
      process.kill(pid, "SIGTERM");
      await waitFor("the end", () => !isAlive(pid));
    }
  });

  it("is kept from reading certificates, as in the foreground, while programs find the variable as it was", async () => {
    const env = { NODE_EXTRA_CA_CERTS: "/nowhere/certificates" };
    const printer = "programs:\n  printer: { cmd: env, starttime: 0, autorestart: never, stdout: out }\n";
    const expectIt = async (daemon: TestDaemon, output: string) => {
      await daemon.reach("printer", "EXITED");
      expect(daemon.read("out")).toContain("\nNODE_EXTRA_CA_CERTS=/nowhere/certificates\n");
      expect(daemon.read("out")).not.toContain("TASKMASTER_EXTRA_CA_CERTS");
      // Node would say that it cannot read them.
      expect(output).not.toContain("certificates");
    };
    const foreground = await aDaemon(printer, { env }).start();
    await expectIt(foreground, foreground.output);
    const hidden = aDaemon(printer);
    const started = background(hidden, env);
    try {
      await expectIt(hidden, started.stderr);
    } finally {
      await hidden.call("supervisor.shutdown");
      await waitFor("the end", () => !existsSync(join(hidden.folder, "daemon.pid")));
    }
  });

  it("reports on the terminal why it cannot start", async () => {
    const first = await aDaemon(SLEEPER).start();
    const outcome = background(first);
    expect(outcome.status).toBe(2);
    expect(outcome.stderr).toContain("Another program is already listening");
  });
});

describe("the command line", () => {
  it.each([
    [["--nope"], "Error: option --nope not recognized\nFor help, use taskmasterd -h\n"],
    [["-l"], "Error: option -l requires argument\nFor help, use taskmasterd -h\n"],
    [["--no"], "Error: option --no not a unique prefix\nFor help, use taskmasterd -h\n"],
    [["--nodaemon=1"], "Error: option --nodaemon must not have an argument\nFor help, use taskmasterd -h\n"],
    [["foo"], "Error: positional arguments are not supported: ['foo']\nFor help, use taskmasterd -h\n"],
    [["-e", "loud"], "Error: invalid value for -e 'loud': bad logging level name 'loud'\nFor help, use taskmasterd -h\n"],
    [["-n", "-n"], "Error: conflicting command line option '-n'\nFor help, use taskmasterd -h\n"],
    [["-m", "9"], "Error: invalid value for -m '9': 9 can not be converted to an octal type\nFor help, use taskmasterd -h\n"],
    [["-a", "x"], "Error: invalid value for -a 'x': invalid literal for int() with base 10: 'x'\nFor help, use taskmasterd -h\n"],
    [["-u", "nosuch"], "Error: Invalid user name nosuch\nFor help, use taskmasterd -h\n"],
    [["-d", "/nope"], "Error: invalid value for -d '/nope': /nope is not an existing directory\nFor help, use taskmasterd -h\n"],
    [
      ["-y", "5x"],
      "Error: invalid value for -y '5x': invalid literal for int() with base 10: '5x'\nFor help, use taskmasterd -h\n",
    ],
    [["-c", "/nope.conf"], "Error: could not find config file /nope.conf\nFor help, use taskmasterd -h\n"],
  ])("refuses %j as supervisord does", (words, message) => {
    expect(taskmasterd(words)).toEqual({ status: 2, stdout: "", stderr: message });
  });

  it("prints its help and its version", () => {
    expect(taskmasterd(["--help"]).stdout).toContain("-c/--configuration FILE");
    expect(taskmasterd(["-?"]).status).toBe(0);
    expect(taskmasterd(["--vers"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("wins over the configuration", async () => {
    const daemon = await aDaemon(SLEEPER, { args: ["-i", "mine", "--loglevel=critical"] }).start();
    expect(await daemon.call("supervisor.getIdentification")).toBe("mine");
    expect(daemon.log).not.toContain("INFO");
  });
});

describe.runIf(isRoot)("the daemon as root", () => {
  it("becomes the configured user, with that user's groups", async () => {
    const daemon = aDaemon(
      `programs: { it: { cmd: sleep 600, starttime: 0.1 } }\ndaemon: { user: daemon, logfile: daemon.log, pidfile: daemon.pid, childlogdir: ., runtimedir: . }\n`,
    );
    chownSync(daemon.folder, 1, 1);
    await daemon.start();
    const { pid } = await daemon.reach("it", "RUNNING");
    expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/^Uid:\t1\t1\t1\t1$/m);
    expect(statSync(daemon.socket).uid).toBe(1);
    expect(daemon.log).toContain("INFO Set uid to user 1 succeeded");
  });

  it.skipIf(!isInstalled("unshare"))("reaps the orphans it adopts as PID 1", async () => {
    const orphans = "programs:\n  it: { cmd: \"sh -c '(sleep 0.2 &); exec sleep 600'\", starttime: 0.1 }\n";
    const daemon = await aDaemon(orphans, { within: ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"] }).start();
    expect(await daemon.call("supervisor.getPID")).toBe(1);
    await waitFor("the orphan", () => daemon.log.includes("reaped unknown pid"));
    const info = await daemon.info("it");
    expect(info.statename).toBe("RUNNING");
    await daemon.call("supervisor.shutdown");
    expect(await daemon.left()).toBe(0);
  });
});

function background(
  daemon: TestDaemon,
  env: Readonly<Record<string, string>> = {},
): { status: number | null; stdout: string; stderr: string } {
  return taskmasterd(["-c", daemon.configPath], env);
}

function taskmasterd(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { status: number | null; stdout: string; stderr: string } {
  const launcher = join(import.meta.dirname, "../../src/taskmasterd.sh");
  const { status, stdout, stderr } = spawnSync(launcher, words, {
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

import { statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";

/** Each key of the card, with a real child under the real daemon. */
describe("a YAML program", () => {
  let daemon: TestDaemon | null = null;

  afterEach(async () => {
    await daemon?.stop();
    daemon = null;
  });

  async function run(yaml: string, env: Record<string, string> = {}): Promise<TestDaemon> {
    daemon = new TestDaemon(yaml, { env });
    return await daemon.start();
  }

  function program(...lines: readonly string[]): string {
    return ["programs:", "  it:", ...lines.map((line) => `    ${line}`), ""].join("\n");
  }

  it("runs its cmd, split as a shell splits words", async () => {
    const own = await run(program(`cmd: printf '[%s]' "two words" one`, "stdout: out"));
    await own.reach("it", "EXITED");
    expect(own.read("out")).toBe("[two words][one]");
  });

  it("runs numprocs processes, named and numbered", async () => {
    const own = await run(
      program("cmd: sh -c 'echo ${PROCESS_NUM}; exec sleep 600'", "numprocs: 3", "starttime: 0.1", "stdout: out.${PROCESS_NUM}"),
    );
    for (const name of ["it:it_00", "it:it_01", "it:it_02"]) await own.reach(name, "RUNNING");
    expect(["out.0", "out.1", "out.2"].map((name) => own.read(name))).toEqual(["0\n", "1\n", "2\n"]);
  });

  it("creates files with its umask", async () => {
    const own = await run(program("cmd: touch made", "workingdir: .", "umask: 077"));
    await own.reach("it", "EXITED");
    expect(statSync(join(own.folder, "made")).mode & 0o777).toBe(0o600);
  });

  it("works in its workingdir", async () => {
    const own = await run(program("cmd: pwd", "workingdir: /usr", "stdout: out"));
    await own.reach("it", "EXITED");
    expect(own.read("out")).toBe("/usr\n");
  });

  it("waits for a start by hand without autostart", async () => {
    const own = await run(program("cmd: sleep 600", "autostart: false", "starttime: 0.1"));
    expect((await own.info("it")).statename).toBe("STOPPED");
    expect(await own.call("supervisor.startProcess", "it")).toBe(true);
    expect((await own.info("it")).statename).toBe("RUNNING");
  });

  it.each([
    ["never", 1, false],
    ["unexpected", 1, true],
    ["unexpected", 7, false],
    ["always", 7, true],
  ])("with autorestart %s and exit code %i of exitcodes [0, 7]", async (autorestart, code, restarts) => {
    const cmd = `sh -c 'echo run >> runs; sleep 0.2; test -e stay && exec sleep 600; exit ${code}'`;
    const own = await run(
      program(`cmd: ${cmd}`, "workingdir: .", `autorestart: ${autorestart}`, "exitcodes: [0, 7]", "starttime: 0.1"),
    );
    if (restarts) {
      await waitFor("a second run", () => own.read("runs").split("\n").length > 2);
    } else {
      expect((await own.reach("it", "EXITED")).exitstatus).toBe(code);
      expect(own.read("runs")).toBe("run\n");
    }
  });

  it("gives up after startretries further tries", async () => {
    const own = await run(program("cmd: sh -c 'echo try >> tries; exit 1'", "workingdir: .", "startretries: 1"));
    await own.reach("it", "FATAL");
    expect(own.read("tries")).toBe("try\ntry\n");
  });

  it("counts as started after its starttime", async () => {
    const own = await run(program("cmd: sleep 600", "starttime: 1.5"));
    expect((await own.info("it")).statename).toBe("STARTING");
    await own.reach("it", "RUNNING");
    expect(own.log).toContain("success: it entered RUNNING state, process has stayed up for > than 1.5 seconds (startsecs)");
  });

  it("has finished when it ends before its starttime with an expected code", async () => {
    const own = await run(program("cmd: sh -c 'exit 7'", "exitcodes: [0, 7]", "starttime: 60"));
    expect((await own.reach("it", "EXITED")).exitstatus).toBe(7);
  });

  it("is stopped by its stopsignal", async () => {
    const cmd = `sh -c 'trap "echo usr1; exit 0" USR1; echo up; while :; do sleep 0.05; done'`;
    const own = await run(program(`cmd: ${cmd}`, "stopsignal: USR1", "starttime: 0", "stdout: out"));
    await waitFor("the trap", () => own.read("out").includes("up"));
    await own.call("supervisor.stopProcess", "it");
    expect(own.read("out")).toBe("up\nusr1\n");
    expect((await own.info("it")).exitstatus).toBe(0);
  });

  it("is killed after its stoptime", async () => {
    const cmd = `sh -c 'trap "" TERM; echo up; while :; do sleep 0.05; done'`;
    const own = await run(program(`cmd: ${cmd}`, "stoptime: 0.3", "starttime: 0", "stdout: out"));
    await waitFor("the trap", () => own.read("out").includes("up"));
    await own.call("supervisor.stopProcess", "it");
    expect(own.log).toMatch(/WARN killing 'it' \(\d+\) with SIGKILL/);
    expect((await own.info("it")).exitstatus).toBe(-1);
  });

  it("gets its env besides the daemon's", async () => {
    const own = await run(
      program(`cmd: sh -c 'echo $OURS $THEIRS $SUPERVISOR_PROCESS_NAME'`, "env: { OURS: 1, REF: x }", "stdout: out"),
      { THEIRS: "2" },
    );
    await own.reach("it", "EXITED");
    expect(own.read("out")).toBe("1 2 it\n");
  });

  it("sends stdout and stderr where they are told to go", async () => {
    const own = await run(program("cmd: sh -c 'echo good; echo bad >&2'", "stdout: out", "stderr: err"));
    await own.reach("it", "EXITED");
    expect([own.read("out"), own.read("err")]).toEqual(["good\n", "bad\n"]);
  });

  it("may write to the daemon's own stdout, and to none", async () => {
    const own = await run(program("cmd: sh -c 'echo shown; echo hidden >&2'", "stdout: inherit", "stderr: none"));
    await own.reach("it", "EXITED");
    await waitFor("the line", () => own.output.includes("shown"));
    expect(own.output).not.toContain("hidden");
  });
});

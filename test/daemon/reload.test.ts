import { afterEach, describe, expect, it } from "vitest";
import { type ProcessInfo, TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";

const PROGRAMS = Array.from({ length: 50 }, (_, index) => `p${String(index).padStart(2, "0")}`);

/** Fifty programs, ten of them in one group; one of these can be made to differ. */
function configuration(changed: string | null): string {
  const lines = PROGRAMS.map(
    (name) => `  ${name}: { cmd: sleep ${name === changed ? 601 : 600}, starttime: 0, stdout: none, stderr: none }`,
  );
  return `programs:\n${lines.join("\n")}\ngroups:\n  ten: { programs: [${PROGRAMS.slice(0, 10).join(", ")}] }\n`;
}

describe("a reload that changes one program of fifty", () => {
  let daemon: TestDaemon | null = null;

  afterEach(async () => {
    await daemon?.stop();
  });

  async function fiftyUp(): Promise<{ own: TestDaemon; before: ReadonlyMap<string, number> }> {
    daemon = await new TestDaemon(configuration(null)).start();
    return { own: daemon, before: await pidsWhenAllRun(daemon) };
  }

  function expectOnlyOneTouched(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>, changed: string): void {
    const touched = [...after].filter(([name, pid]) => before.get(name) !== pid).map(([name]) => name);
    expect(touched).toEqual([changed]);
  }

  it.each(["p03", "p42"])("keeps the pids of the other forty-nine on SIGHUP (%s)", async (changed) => {
    const { own, before } = await fiftyUp();
    own.configure(configuration(changed));
    own.signal("SIGHUP");
    await waitFor("the reload", () => /INFO reload: group \w+ changed, 1 of its processes/.test(own.log));
    expectOnlyOneTouched(before, await pidsWhenAllRun(own), changed);
  });

  it("keeps them, those of its own group too, on reread and update", async () => {
    const { own, before } = await fiftyUp();
    own.configure(configuration("p03"));
    expect(await own.call("supervisor.reloadConfig")).toEqual([[[], ["ten"], []]]);
    expect(await own.call("taskmaster.update", [])).toEqual([{ group: "ten", change: "changed", stopped: 1 }]);
    expectOnlyOneTouched(before, await pidsWhenAllRun(own), "p03");
    expect(await own.call("supervisor.reloadConfig")).toEqual([[[], [], []]]);
  });
});

async function pidsWhenAllRun(daemon: TestDaemon): Promise<ReadonlyMap<string, number>> {
  const infos = await waitFor("all to run", async () => {
    const all = await daemon.allInfo();
    return all.length === PROGRAMS.length && all.every(isRunning) ? all : null;
  });
  return new Map(infos.map(({ name, pid }) => [name, pid]));
}

function isRunning({ statename }: ProcessInfo): boolean {
  return statename === "RUNNING";
}

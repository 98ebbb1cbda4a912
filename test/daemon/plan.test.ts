import { chmodSync, lstatSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { runClient, TASKMASTERCTL } from "../ctl/clients.ts";
import { TestDaemon } from "../support/test-daemon.ts";

const BEFORE = `
programs:
  web: { cmd: sleep 1001, numprocs: 2, starttime: 0, env: { SECRET: one } }
  old: { cmd: sleep 1002, starttime: 0 }
  policy: { cmd: sleep 1003, starttime: 0 }
  same: { cmd: sleep 1004, starttime: 0 }
  off: { cmd: sleep 1005, autostart: false }
  retired: { cmd: sleep 1006, autostart: false }
`;

const AFTER = `
programs:
  web: { cmd: sleep 1001, numprocs: 3, starttime: 0, env: { SECRET: two, MORE: x } }
  policy: { cmd: sleep 1003, starttime: 0, exitcodes: [0, 2], stoptime: 5 }
  same: { cmd: sleep 1004, starttime: 0 }
  off: { cmd: sleep 1005, starttime: 0 }
  lazy: { cmd: sleep 1007, autostart: false }
`;

interface Plan {
  readonly valid: boolean;
  readonly digest: string;
  readonly errors: readonly { readonly line: number }[];
  readonly groups: readonly {
    readonly group: string;
    readonly processes: readonly { name: string; action: string; options: unknown[] }[];
  }[];
}

let daemon: TestDaemon;

afterEach(() => daemon?.stop());

async function start(text = BEFORE): Promise<void> {
  daemon = await new TestDaemon(text).start();
  for (const name of ["web:web_00", "old", "policy", "same"]) await daemon.reach(name, "RUNNING");
}

const plan = async (...parameters: readonly unknown[]) => (await daemon.call("taskmaster.plan", ...parameters)) as Plan;
const actions = ({ groups }: Plan) =>
  Object.fromEntries(groups.flatMap(({ processes }) => processes.map(({ name, action }) => [name, action])));

/** A whole configuration, with the places of the present one. */
const withPlaces = (text: string) => text + daemon.read("taskmaster.yaml").slice(BEFORE.length);

describe("taskmaster.plan", () => {
  it("tells what the update then does, and does nothing itself", async () => {
    await start();
    daemon.configure(AFTER);
    const planned = await plan();
    expect(actions(planned)).toEqual({
      web_00: "restart",
      web_01: "restart",
      web_02: "start",
      old: "stop",
      policy: "change",
      off: "start",
      retired: "remove",
      lazy: "add",
    });
    const before = await daemon.allInfo();
    expect(before.filter(({ statename }) => statename === "RUNNING").map(({ name }) => name)).toEqual([
      "old",
      "policy",
      "same",
      "web_00",
      "web_01",
    ]);
    const pids = new Map(before.map(({ name, pid }) => [name, pid]));
    await daemon.call("taskmaster.update");
    const after = await daemon.allInfo();
    expect(after.map(({ name }) => name)).toEqual(["lazy", "off", "policy", "same", "web_00", "web_01", "web_02"]);
    const kept = after.filter(({ name, pid }) => pid !== 0 && pids.get(name) === pid).map(({ name }) => name);
    expect(kept).toEqual(["policy", "same"]);
    expect((await plan()).groups).toEqual([]);
  });

  it("tells which options differ, as the file calls them, and nothing of what an environment holds", async () => {
    await start();
    const { groups } = await plan([], withPlaces(AFTER));
    const options = (name: string) => groups.flatMap(({ processes }) => processes).find((each) => each.name === name)?.options;
    expect(options("policy")).toEqual([
      { option: "exitcodes", before: "[0]", after: "[0,2]" },
      { option: "stoptime", before: "10", after: "5" },
    ]);
    expect(options("web_00")).toEqual([
      { option: "env.MORE", before: "not set", after: "set" },
      { option: "env.SECRET", before: "set", after: "another value" },
    ]);
  });

  it("tells every mistake with its place", async () => {
    await start();
    expect(await plan([], "programs:\n  web: { cmd: x, numprocs: -1, colour: red }\n")).toMatchObject({
      valid: false,
      groups: [],
      errors: [{ line: 2 }, { line: 2 }],
    });
  });

  it("looks at some groups only, which there must be", async () => {
    await start();
    daemon.configure(AFTER);
    expect(actions(await plan(["old"]))).toEqual({ old: "stop" });
    await expect(plan(["nope"])).rejects.toMatchObject({ faultCode: 10 });
  });
});

describe("taskmaster.upload", () => {
  it("replaces the file that a link leads to, keeps its permissions and a backup, and applies it", async () => {
    await start();
    const real = join(daemon.folder, "real.yaml");
    renameSync(daemon.configPath, real);
    chmodSync(real, 0o640);
    symlinkSync("real.yaml", daemon.configPath);
    const [old, text] = [readFileSync(real, "utf8"), withPlaces(AFTER)];
    const { digest } = (await daemon.call("taskmaster.getConfiguration")) as { digest: string };
    const { backup } = (await daemon.call("taskmaster.upload", text, digest)) as { backup: string };
    expect([readFileSync(real, "utf8"), readFileSync(backup, "utf8")]).toEqual([text, old]);
    expect([statSync(real).mode & 0o777, lstatSync(daemon.configPath).isSymbolicLink()]).toEqual([0o640, true]);
    expect((await daemon.info("lazy")).statename).toBe("STOPPED");
    expect(daemon.log).toContain("was replaced by a client");
  });

  it("changes nothing for a text that is wrong, or when the file is another one by now", async () => {
    await start();
    const text = daemon.read("taskmaster.yaml");
    await expect(daemon.call("taskmaster.upload", "nonsense: 1\n")).rejects.toMatchObject({ faultCode: 92 });
    const { digest } = (await daemon.call("taskmaster.getConfiguration")) as { digest: string };
    writeFileSync(daemon.configPath, `${text}# somebody's change\n`);
    await expect(daemon.call("taskmaster.upload", withPlaces(AFTER), digest)).rejects.toMatchObject({ faultCode: 30 });
    expect(daemon.read("taskmaster.yaml")).toBe(`${text}# somebody's change\n`);
  });

  it("does not take an empty text for the wish to stop everything", async () => {
    await start();
    const [text, active] = [daemon.read("taskmaster.yaml"), await daemon.allInfo()];
    for (const empty of ["", "programs: {}\n"]) {
      await expect(daemon.call("taskmaster.upload", empty)).rejects.toMatchObject({
        faultCode: 30,
        faultString: expect.stringContaining("has no programs"),
      });
    }
    expect(daemon.read("taskmaster.yaml")).toBe(text);
    expect((await daemon.allInfo()).map(({ pid }) => pid)).toEqual(active.map(({ pid }) => pid));
  });

  it("keeps a few backups, the newest first", async () => {
    await start();
    const text = daemon.read("taskmaster.yaml");
    for (let index = 0; index < 7; index++) await daemon.call("taskmaster.upload", `${text}# ${index}\n`);
    const name = (index: number) => `taskmaster.yaml.bak${index === 0 ? "" : `.${index}`}`;
    expect([0, 1, 4].map((index) => daemon.read(name(index)).trimEnd().split("\n").at(-1))).toEqual(["# 5", "# 4", "# 1"]);
    expect(() => daemon.read(name(5))).toThrow("ENOENT");
  });
});

describe("taskmasterctl", () => {
  const ctl = (...words: readonly string[]) => runClient(TASKMASTERCTL, ["-s", `unix://${daemon.socket}`, ...words]);

  it("shows a plan, uploads a file, and refuses one that is wrong with 2", async () => {
    await start();
    const [good, bad] = [join(daemon.folder, "good file.yaml"), join(daemon.folder, "bad.yaml")];
    writeFileSync(good, withPlaces(AFTER));
    writeFileSync(bad, "programs: { web: {} }\n");
    expect((await ctl("plan")).stdout).toBe("nothing would be started, stopped or changed\n");
    const shown = await ctl("plan", "--file", good);
    expect(shown.stdout).toContain("policy      change in place\n    exitcodes: [0] -> [0,2]\n    stoptime: 10 -> 5\n");
    expect(await ctl("upload", bad)).toMatchObject({ status: 2, stderr: expect.stringContaining("taskmaster.yaml:1:") });
    expect((await ctl("upload", good, "--dry-run")).stdout).toBe(shown.stdout);
    expect(await ctl("upload", good, "--json")).toMatchObject({ status: 0, stdout: expect.stringContaining('"backup":') });
    expect((await ctl("status", "lazy")).stdout).toContain("STOPPED");
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClientOutcome, runClient, TASKMASTERCTL } from "./clients.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ctl check-"));
  const files = {
    "good.yaml": "programs:\n  web:\n    cmd: sleep 1\n",
    "bad.yaml": "programs:\n  web:\n    cmd: sleep 1\n    numprocs: -1\n    colour: red\n",
    "elsewhere.yaml": "programs:\n  web:\n    cmd: sleep 1\n    user: nobody-at-all\n",
    "good.conf": "[supervisord]\n[inet_http_server]\nport=127.0.0.1:9001\n[program:web]\ncommand=sleep 1\ncolour=red\n",
    // A broken default file: neither command may look at it.
    "supervisord.conf": "no section\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...words: readonly string[]): Promise<ClientOutcome> {
  return runClient(TASKMASTERCTL, words, { cwd: folder });
}

describe("check", () => {
  it("tells every mistake with its place, and ends with 2", async () => {
    const { stdout, stderr, status } = await run("check", "bad.yaml");
    const places = stderr
      .trimEnd()
      .split("\n")
      .map((line) => line.replace(/: .*/, ""));
    expect(places).toEqual([`${join(folder, "bad.yaml")}:4:15`, `${join(folder, "bad.yaml")}:5:5`]);
    expect([stdout, status]).toEqual(["", 2]);
  });

  it("tells them as JSON", async () => {
    const { stdout, stderr, status } = await run("check", "bad.yaml", "--json");
    const place = { file: join(folder, "bad.yaml"), line: 4, column: 15, message: expect.stringContaining("numprocs") };
    expect(JSON.parse(stdout).data).toEqual({ errors: [place, expect.objectContaining({ line: 5, column: 5 })] });
    expect([stderr, status]).toEqual(["", 2]);
  });

  it("says what a good file would run", async () => {
    const { stdout, stderr, status } = await run("check", "good.yaml");
    expect(stdout).toContain("1 group, 1 process");
    expect([stderr, status]).toEqual(["", 0]);
  });

  it("warns of what the daemon would warn of", async () => {
    const { stderr, status } = await run("check", "good.conf");
    expect(stderr).toMatch(/good\.conf:\d+: warning: .*colour/);
    expect(status).toBe(0);
    const json = JSON.parse((await run("check", "--json", "good.conf")).stdout).data;
    expect(json.warnings).toEqual([expect.objectContaining({ message: expect.stringContaining("colour") })]);
    expect(json.groups).toHaveLength(1);
  });

  it("takes a file for another machine with --offline", async () => {
    expect((await run("check", "elsewhere.yaml")).status).toBe(2);
    expect((await run("check", "--offline", "elsewhere.yaml")).status).toBe(0);
  });

  it("takes a path with blanks", async () => {
    expect((await run("check", join(folder, "good.yaml"), "--json")).status).toBe(0);
  });

  it.each([
    [["check"]],
    [["check", "-"]],
    [["check", "--jsno", "good.yaml"]],
    [["check", "/does/not/exist"]],
    [["convert"]],
    [["convert", "-"]],
  ])("%j is refused with 2", async (words) => {
    expect((await run(...words)).status).toBe(2);
  });
});

describe("convert", () => {
  it("writes the other dialect, which means the same when it is converted back", async () => {
    const ini = await run("convert", "good.yaml");
    expect(ini).toMatchObject({ status: 0, stdout: expect.stringContaining("[program:web]") });
    const yaml = await run("convert", "good.conf");
    expect(yaml).toMatchObject({ status: 0, stdout: expect.stringContaining("programs:") });
    writeFileSync(join(folder, "back.yaml"), yaml.stdout);
    expect((await run("convert", "back.yaml")).stdout).toContain("command = sleep 1");
  });

  it("prints nothing but the errors of a file that cannot be read", async () => {
    expect(await run("convert", "bad.yaml")).toMatchObject({
      stdout: "",
      status: 2,
      stderr: expect.stringContaining("bad.yaml:4:15"),
    });
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { loadIni } from "../../../src/config/ini/load-ini.ts";
import { loadIniCtl } from "../../../src/config/ini/load-ini-ctl.ts";
import type { ConfigWorld } from "../../../src/model/config-world.ts";
import { systemConfigWorld } from "../../../src/os/config-world.ts";
import { isInstalled } from "../../support/tools.ts";
import { CASES, type Case, CTL_CASES, DAEMON_OPTIONS, PROGRAM_OPTIONS, SECTION_TEXTS } from "./cases.ts";
import { type Answer, askSupervisor } from "./oracle.ts";
import { supervisorView } from "./supervisor-view.ts";

const root = mkdtempSync(join(tmpdir(), "taskmaster-ini-"));
afterAll(() => rmSync(root, { recursive: true }));

const env = { PATH: "/usr/bin:/bin", HOME: "/root", TEAM: "red", LC_ALL: "C.UTF-8" };
const world: ConfigWorld = {
  ...systemConfigWorld(),
  env,
  cwd: root,
  homeDirectory: (user) => (user === null ? env.HOME : systemConfigWorld().homeDirectory(user)),
};

function writeCases(folder: string, cases: readonly Case[]): readonly { title: string; path: string }[] {
  return cases.map((files, index) => {
    const home = join(root, folder, String(index));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), text);
    }
    return { title: JSON.stringify(files), path: join(home, "main.conf") };
  });
}

/** Our answer in the shape of supervisord's: the first error, or the values and the remarks that it has too. */
function load(path: string): Answer {
  const outcome = loadIni(path, world, {});
  if (!outcome.ok) return { ok: false, message: outcome.errors[0]?.message ?? "" };
  const messages = (level: string) => outcome.notes.filter((note) => note.level === level).map(({ message }) => message);
  const warnings = messages("warn").filter((message) => /^(For \[|No file matches)/.test(message));
  return { ok: true, value: { ...supervisorView(outcome.value), warnings, infos: messages("info") } };
}

function loadCtl(path: string): Answer {
  const outcome = loadIniCtl(path, world);
  if (!outcome.ok) return { ok: false, message: outcome.errors[0]?.message ?? "" };
  const { serverUrl, username, password, prompt, historyFile } = outcome.value;
  return { ok: true, value: { serverurl: serverUrl, username, password, prompt, history_file: historyFile } };
}

/** Its daemon keeps groups of one name apart until it adds them, and repeats a warning for each process. */
function asAdded(answer: Answer): Answer {
  if (!answer.ok) return answer;
  const value = answer.value as { groups: { name: string }[]; warnings: string[]; servers: { username: string | null }[] };
  const groups = value.groups.filter(({ name }, index) => value.groups.findIndex((group) => group.name === name) === index);
  const servers = value.servers.map((server) => (server.username ? server : { ...server, username: null, password: null }));
  return { ok: true, value: { ...value, groups, servers, warnings: [...new Set(value.warnings)] } };
}

describe.skipIf(!isInstalled("supervisord"))("a supervisord.conf", () => {
  const cases = writeCases("daemon", CASES);
  const theirs = askSupervisor(
    cases.map(({ path }) => ({ ask: "load", path })),
    { env, cwd: root },
  );
  it.each(cases.map((one, index) => ({ ...one, theirs: theirs[index] })))("is read as supervisord reads it: $title", (one) => {
    expect(load(one.path)).toEqual(one.theirs && asAdded(one.theirs));
  });
});

/** Files put together at random, so that good and bad options meet: the first mistake must be the same. */
function randomCases(seed: number): readonly Case[] {
  const some = (texts: readonly string[], maxLength: number) =>
    fc.array(fc.constantFrom(...texts), { maxLength }).map((lines) => lines.join("\n"));
  const program = fc
    .tuple(fc.constantFrom("a", "b", "x"), some(PROGRAM_OPTIONS, 3))
    .map(([name, options]) => `[program:${name}]\ncommand=c\n${options}`);
  const file = fc
    .tuple(some(DAEMON_OPTIONS, 2), fc.array(program, { maxLength: 2 }), some(SECTION_TEXTS, 2))
    .map(([daemon, programs, sections]) => ({ "main.conf": `[supervisord]\n${daemon}\n${programs.join("\n")}\n${sections}\n` }));
  return fc.sample(file, { numRuns: 1000, seed });
}

describe.skipIf(!isInstalled("supervisord"))("a supervisord.conf put together at random", () => {
  it("is read as supervisord reads it", () => {
    const seed = Date.now() % 2 ** 31;
    const cases = writeCases("random", randomCases(seed));
    const theirs = askSupervisor(
      cases.map(({ path }) => ({ ask: "load", path })),
      { env, cwd: root },
    );
    for (const [index, { title, path }] of cases.entries()) {
      const answer = theirs[index];
      expect({ seed, title, answer: load(path) }).toEqual({ seed, title, answer: answer && asAdded(answer) });
    }
  });
});

describe.skipIf(!isInstalled("supervisord"))("a supervisord.conf for the control client", () => {
  const cases = writeCases("ctl", CTL_CASES);
  const theirs = askSupervisor(
    cases.map(({ path }) => ({ ask: "loadCtl", path })),
    { env, cwd: root },
  );
  it.each(cases.map((one, index) => ({ ...one, theirs: theirs[index] })))("is read as supervisorctl reads it: $title", (one) => {
    expect(loadCtl(one.path)).toEqual(one.theirs);
  });
});

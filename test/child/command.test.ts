import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExecutableFinder } from "../../src/child/find-executable.ts";
import type { CommandLine } from "../../src/model/config.ts";
import { aProcess } from "./support.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "taskmaster-command-"));
  for (const name of ["one", "two"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "one/plain"), "", { mode: 0o644 });
  writeFileSync(join(folder, "two/plain"), "", { mode: 0o755 });
  writeFileSync(join(folder, "two/tool"), "", { mode: 0o755 });
  writeFileSync(join(folder, "it's"), "", { mode: 0o644 });
  chmodSync(join(folder, "two/tool"), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

function find(words: readonly string[], environment: Record<string, string> = {}, env: Record<string, string> = {}) {
  return new ExecutableFinder(env).find(aProcess(words, { environment }).launch);
}

function refusal(name: string, detail: string) {
  return { ok: false, fault: { name, detail } };
}

describe("the command of a program", () => {
  it("is looked for in the PATH of the program, then the daemon's, then the usual one", () => {
    const two = join(folder, "two");
    expect(find(["tool"], { PATH: `/no/such:${two}` })).toEqual({ ok: true, value: join(two, "tool") });
    expect(find(["tool"], {}, { PATH: two })).toEqual({ ok: true, value: join(two, "tool") });
    expect(find(["sh"], {}, { PATH: "" })).toEqual({ ok: true, value: "/bin/sh" });
    expect(find(["sh"])).toEqual({ ok: true, value: "/bin/sh" });
    expect(find(["tool"], { PATH: "/no/such" }, { PATH: two })).toEqual(refusal("NO_FILE", "can't find command 'tool'"));
  });

  it("is the first of its name even when it cannot be executed", () => {
    const PATH = `${folder}/one:${folder}/two`;
    expect(find(["plain"], { PATH })).toEqual(refusal("NOT_EXECUTABLE", `command at '${folder}/one/plain' is not executable`));
  });

  it("is taken as it is when it has a slash", () => {
    expect(find(["/bin/sh", "-c", "x"])).toEqual({ ok: true, value: "/bin/sh" });
    expect(find(["/no/such"])).toEqual(refusal("NO_FILE", "can't find command '/no/such'"));
    expect(find(["/etc/passwd/x"])).toEqual(refusal("NO_FILE", "can't find command '/etc/passwd/x'"));
    expect(find([folder])).toEqual(refusal("NOT_EXECUTABLE", `command at '${folder}' is a directory`));
  });

  it("is quoted as Python quotes", () => {
    expect(find([`${folder}/it's`])).toEqual(refusal("NOT_EXECUTABLE", `command at "${folder}/it's" is not executable`));
  });

  it.each<[CommandLine, string]>([
    [{ text: "", words: [], problem: null }, "command is empty"],
    [{ text: 'sh -c "x', words: [], problem: "No closing quotation" }, `can't parse command 'sh -c "x': No closing quotation`],
  ])("is refused when it has no words: %o", (command, text) => {
    expect(new ExecutableFinder({}).find(aProcess([], { command }).launch)).toEqual(refusal("NOT_EXECUTABLE", text));
  });
});

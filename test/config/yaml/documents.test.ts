import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../src/config/load.ts";
import { formatDiagnostic } from "../../../src/model/diagnostic.ts";
import { systemConfigWorld } from "../../../src/os/config-world.ts";
import { loaded, mistakes } from "./load.ts";

const processes = (text: string) => loaded(text).groups.flatMap((group) => group.processes);

describe("a file", () => {
  it.each([
    "",
    "\n",
    "# nothing\n",
    "---\n",
    "null",
    "programs:\n",
    "programs: {}\ngroups:\nlisteners:\nfcgi:\ndaemon:\nctl:\nhttp:\ninclude:\n",
  ])("may be as good as empty: %j", (text) => {
    expect(loaded(text)).toMatchObject({ groups: [], servers: [{ kind: "unix" }], supervisorInterface: true });
  });

  it("may begin with a byte order mark, and end its lines as DOS does", () => {
    expect(processes("\uFEFFprograms:\r\n  web:\r\n    cmd: x y\r\n")[0]?.launch.command.words).toEqual(["x", "y"]);
  });

  it("tells positions in such a file as an editor shows them", () => {
    expect(mistakes("\uFEFFbogus: 1\r\nfoo: 2\r\n").map((mistake) => mistake.slice(0, 4))).toEqual(["1:1:", "2:1:"]);
  });

  it("may hold any character", () => {
    expect(processes('programs: { wéb: { cmd: "écho 😀 \\t" } }')[0]).toMatchObject({
      name: "wéb",
      launch: { command: { words: ["écho", "😀"] } },
    });
  });

  it("holds no NUL", () => {
    expect(mistakes("programs:\n  a\0b: {}")).toEqual(["2:4: cannot read this as text: it has a NUL character"]);
  });

  it("is UTF-8", () => {
    const folder = mkdtempSync(join(tmpdir(), "yaml-"));
    try {
      const path = join(folder, "t.yaml");
      writeFileSync(path, Buffer.from("# fine\nprograms: { caf\xe9: { cmd: x } }\n", "latin1"));
      const outcome = loadConfig(path, systemConfigWorld());
      expect(outcome.ok ? [] : outcome.errors.map(formatDiagnostic)).toEqual([
        `${path}: cannot read the config file: line 2 is no UTF-8 text`,
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("may be nested beyond all reason without harm", () => {
    const [mistake] = mistakes(`x-deep: ${"[".repeat(20_000)}${"]".repeat(20_000)}`);
    expect(mistake).toMatch(/^1:\d+: cannot read this as YAML: it is nested too deeply$/);
  });
});

describe("anchors", () => {
  it("are followed, and merges give way to what is written", () => {
    const text = `x-common: &common { autorestart: never, env: { A: 1 }, starttime: 1 }
x-more: &more { starttime: 2, stoptime: 3 }
programs:
  web: { cmd: x, <<: *common, starttime: 9 }
  api:
    cmd: y
    <<: [*common, *more]
  job:
    <<: *more
    <<: *common
    cmd: z
`;
    expect(processes(text).map(({ policy }) => [policy.autorestart, policy.startMillis, policy.stopWaitMillis])).toEqual([
      ["never", 1000, 3000],
      ["never", 2000, 3000],
      ["never", 9000, 10_000],
    ]);
  });

  it("may merge what was merged", () => {
    const text = "x-a: &a { cmd: x, priority: 1 }\nx-b: &b { <<: *a, priority: 2 }\nprograms: { web: { <<: *b } }";
    expect(processes(text)[0]).toMatchObject({ policy: { priority: 2 }, launch: { command: { text: "x" } } });
  });

  it("may stand for any value, and for a key", () => {
    const text =
      "x-codes: &codes [0, 3]\nx-name: &name web\nprograms: { *name : { cmd: &c x, exitcodes: *codes }, api: { cmd: *c } }";
    expect(processes(text).map(({ name, policy }) => [name, policy.exitCodes])).toEqual([
      ["api", [0]],
      ["web", [0, 3]],
    ]);
  });

  it("may be given again; the last before the alias counts", () => {
    expect(processes("x-a: &a one\nx-b: &a two\nprograms: { web: { cmd: *a } }")[0]?.launch.command.text).toBe("two");
  });

  it("are told of once when a value is wrong for all", () => {
    const text = "x-d: &d { numprocs: x }\nprograms:\n  a: { <<: *d, cmd: x }\n  b: { <<: *d, cmd: x }";
    expect(mistakes(text)).toEqual(['1:21: cannot use "x" for numprocs in program "a": expected a whole number, at least 0']);
  });

  it("serve thousands of programs", () => {
    const programs = Array.from({ length: 3000 }, (_, index) => `  p${index}: { <<: *d, cmd: x }\n`).join("");
    expect(processes(`x-d: &d { env: { A: 1, B: 2 }, exitcodes: [0, 1, 2] }\nprograms:\n${programs}`)).toHaveLength(3000);
  });

  it.each([3, 6, 9, 30])("are no bombs: %d levels are refused without being expanded", (levels) => {
    const lines = Array.from({ length: levels }, (_, level) => `x-${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(60)}]\n`);
    expect(mistakes(`x-0: &a0 [lol]\n${lines.join("")}`)).toEqual([
      "1:1: cannot follow the aliases of this file: they would make a document of excessive size",
    ]);
  });

  it("are no bombs as merged maps either", () => {
    const lines = Array.from(
      { length: 20 },
      (_, level) => `x-${level + 1}: &a${level + 1} { a: *a${level}, b: *a${level}, c: *a${level} }\n`,
    );
    expect(mistakes(`x-0: &a0 { a: 1 }\n${lines.join("")}`)).toHaveLength(1);
  });
});

describe("keys that begin with x-", () => {
  it("are ignored at the top and in every section", () => {
    const text = `x-top: { anything: [goes] }
programs: { web: { cmd: x, x-note: [1] } }
groups: { g: { programs: [web], x-note: 1 } }
daemon: { x-note: 1 }
ctl: { x-note: 1 }
http: { x-note: 1, unix: { file: /t.sock, x-note: 1 } }
`;
    expect(processes(text)).toHaveLength(1);
  });

  it("are names like any other where names stand", () => {
    expect(processes("programs: { x-web: { cmd: x, env: { x-y: 1 } } }")[0]).toMatchObject({
      name: "x-web",
      launch: { environment: { "x-y": "1" } },
    });
  });
});

describe("a huge file", () => {
  it("of 5,000 programs is read", () => {
    const programs = Array.from(
      { length: 5000 },
      (_, index) => `  p${index}:\n    cmd: sleep ${index}\n    stdout: /tmp/p${index}.log\n`,
    );
    expect(loaded(`programs:\n${programs.join("")}`).groups).toHaveLength(5000);
  });

  it("of 5,000 mistakes tells them all", () => {
    const programs = Array.from({ length: 5000 }, (_, index) => `  p${index}: { cmd: x, numprocs: no }\n`);
    expect(mistakes(`programs:\n${programs.join("")}`)).toHaveLength(5000);
  });

  it("may have 5,000 processes of one program", () => {
    expect(processes("programs: { web: { cmd: x, numprocs: 5000 } }")).toHaveLength(5000);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeDollars, expand, type Variables } from "../../../src/config/yaml/expand.ts";
import { loaded, processes, program } from "./load.ts";

const VARIABLES: Variables = {
  get: (name) =>
    new Map([
      ["A", "1"],
      ["EMPTY", ""],
      ["N", "7"],
      ["X", "$A"],
    ]).get(name),
  whyNot: (name) => (name === "PROCESS_NUM" ? "it is known only elsewhere" : undefined),
};

describe("a variable", () => {
  it.each([
    ["${A}", "1"],
    ["x${A}y${A}", "x1y1"],
    ["${EMPTY}", ""],
    ["${NOPE:-d}", "d"],
    ["${NOPE:-}", ""],
    ["${EMPTY:-d}", "d"],
    ["${A:-d}", "1"],
    ["${NOPE:-${A}}", "1"],
    ["${NOPE:-a}b}", "ab}"],
    ["${NOPE:-${NOPE:-x}}", "x"],
    ["${A:?must}", "1"],
    ["${X}", "$A"],
    ["$$", "$"],
    ["$${A}", "${A}"],
    ["$$$${A}", "$${A}"],
    ["$A", "$A"],
    ["$(date) `x` 100% %(x)s", "$(date) `x` 100% %(x)s"],
    ["$", "$"],
    ["a$", "a$"],
    ["${N:d}", "7"],
    ["${N:02d}", "07"],
    ["${N:3d}", "007"],
  ])("%s becomes %s", (text, expanded) => {
    expect(expand(text, VARIABLES)).toEqual({ ok: true, text: expanded });
  });

  it.each([
    ["${NOPE}", "${NOPE}: it is not set; write ${NOPE:-default} to give it a default"],
    ["${NOPE:?give me a value}", "${NOPE}: give me a value"],
    ["${EMPTY:?}", "${EMPTY}: it must be set"],
    ["x${A", "${A: its } is missing; write $$ for a dollar sign"],
    ["${NOPE:-${A}", "${NOPE:-${A}: its } is missing; write $$ for a dollar sign"],
    ["${}", "${}: a name has letters, digits and underscores; write $${ for a plain ${"],
    ["${1A}", "${1A}: a name has letters, digits and underscores; write $${ for a plain ${"],
    ["${A-b}", "${A-b}: a name has letters, digits and underscores; write $${ for a plain ${"],
    ["${A:x}", "${A:x}: after the name come :-default, :?message, or for a number a width such as :02d"],
    ["${X:02d}", '${X:02d}: its value "$A" is no number'],
    ["${PROCESS_NUM}", "${PROCESS_NUM}: it is known only elsewhere"],
  ])("%s cannot be expanded", (text, problem) => {
    expect(expand(text, VARIABLES)).toEqual({ ok: false, problem });
  });

  it("never appears in an escaped text", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[${}A:\-?]*$/), (text) => {
        expect(expand(escapeDollars(text), VARIABLES)).toEqual({ ok: true, text });
      }),
    );
  });
});

describe("the built-in variables", () => {
  it("are known inside a program", () => {
    const text = program("cmd: ${HERE} ${PROGRAM_NAME} ${GROUP_NAME} ${PROCESS_NUM} ${HOST_NAME}", "numprocs: 2");
    const words = loaded(`${text}groups: { g: { programs: [web] } }`).groups[0]?.processes.map(
      ({ launch }) => launch.command.words,
    );
    expect(words).toEqual([
      ["/etc/t", "web", "g", "0", "box"],
      ["/etc/t", "web", "g", "1", "box"],
    ]);
  });

  it("win over the environment", () => {
    const { daemon } = loaded("daemon: { identifier: '${HOST_NAME}' }", { world: { env: { HOST_NAME: "fake" } } });
    expect(daemon.identifier).toBe("box");
  });

  it("give each process its own port, folder, environment and log", () => {
    const each = processes(
      "cmd: node server.js --port 80${PROCESS_NUM:02d}",
      "numprocs: 2",
      "workingdir: w${PROCESS_NUM}",
      "env: { N: '${PROCESS_NUM}' }",
      "stdout: out${PROCESS_NUM}.log",
    );
    expect(
      each.map(({ launch }) => [launch.command.words.at(-1), launch.directory, launch.environment, launch.stdout.log]),
    ).toEqual([
      ["8000", "/etc/t/w0", { N: "0" }, { kind: "file", path: "/etc/t/out0.log" }],
      ["8001", "/etc/t/w1", { N: "1" }, { kind: "file", path: "/etc/t/out1.log" }],
    ]);
  });

  it("differ between the groups of one program", () => {
    const text = `${program("cmd: x ${GROUP_NAME}")}groups: { a: { programs: [web] }, b: { programs: [web] } }`;
    expect(loaded(text).groups.map(({ processes: [process] }) => process?.launch.command.text)).toEqual(["x a", "x b"]);
  });
});

describe("the environment of the daemon", () => {
  it("is known in every value", () => {
    const env = { PORT: "127.0.0.1:9001", SECRET: "s3", FLAG: "yes", LEVEL: "debug", CODES: "0,2" };
    const config = loaded(
      `http: { inet: { port: "\${PORT}", username: u, password: "\${SECRET}" } }\ndaemon: { loglevel: "\${LEVEL}", strip_ansi: "\${FLAG}" }\n${program(
        "exitcodes: ${CODES}",
        "stoptime: ${STOP:-500ms}",
        "stdout_logfile_maxbytes: ${SIZE:-1KB}",
        "autorestart: ${RESTART:-never}",
      )}`,
      { world: { env } },
    );
    expect(config.servers).toMatchObject([{ host: "127.0.0.1", port: 9001, credentials: { password: "s3" } }]);
    expect(config.daemon).toMatchObject({ logLevel: "debug", stripAnsi: true });
    expect(config.groups[0]?.processes[0]).toMatchObject({
      policy: { exitCodes: [0, 2], stopWaitMillis: 500, autorestart: "never" },
      launch: { stdout: { maxBytes: 1024 } },
    });
  });
});

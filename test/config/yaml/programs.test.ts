import { describe, expect, it } from "vitest";
import { PROGRAM_KEYS } from "../../../src/config/keys/program-keys.ts";
import { loaded, process, processes, program } from "./load.ts";

const policy = (...lines: readonly string[]) => process(...lines).policy;
const launch = (...lines: readonly string[]) => process(...lines).launch;

describe("a program with nothing but a command", () => {
  it("has the defaults of the YAML dialect", () => {
    const stream = {
      log: { kind: "auto" },
      maxBytes: 50 * 1024 ** 2,
      backups: 10,
      captureMaxBytes: 0,
      eventsEnabled: false,
      syslog: false,
    };
    expect(process("cmd: sleep 10")).toEqual({
      group: "web",
      name: "web",
      program: "web",
      policy: {
        priority: 999,
        autostart: true,
        autorestart: "unexpected",
        exitCodes: [0],
        startMillis: 5000,
        startRetries: 2,
        earlyExit: "finish-if-expected",
        stopSignal: 15,
        stopWaitMillis: 10_000,
        stopAsGroup: true,
        killAsGroup: true,
      },
      launch: {
        command: { text: "sleep 10", words: ["sleep", "10"], problem: null },
        directory: null,
        umask: null,
        user: null,
        environment: {},
        serverUrl: null,
        redirectStderr: false,
        tty: false,
        stdout: stream,
        stderr: stream,
        socket: null,
      },
    });
  });

  it("makes a group of its own", () => {
    expect(loaded(program("priority: 5")).groups).toMatchObject([{ name: "web", priority: 5, listener: null, processes: [{}] }]);
  });
});

describe("cmd", () => {
  it.each([
    [`cmd: a "b c" 'd e' f\\ g`, ["a", "b c", "d e", "f g"]],
    ["cmd: echo $HOME * ~ > x && y", ["echo", "$HOME", "*", "~", ">", "x", "&&", "y"]],
    ["command: a b", ["a", "b"]],
    ["cmd: [a, b c, 1, true, '']", ["a", "b c", "1", "true", ""]],
    ["cmd: >-\n      a\n      b", ["a", "b"]],
  ])("%s gives %j", (line, words) => {
    expect(launch(line).command).toMatchObject({ words, problem: null });
  });

  it("is shown as it was written", () => {
    expect(launch(`cmd: a  "b c"`).command.text).toBe(`a  "b c"`);
  });

  it("is shown as one line when it is a list", () => {
    expect(launch("cmd: [a, b c]").command.text).toBe("a 'b c'");
  });
});

describe("numprocs", () => {
  it("names several processes after their number", () => {
    expect(processes("numprocs: 2").map(({ group, name }) => [group, name])).toEqual([
      ["web", "web_00"],
      ["web", "web_01"],
    ]);
  });

  it("counts from numprocs_start", () => {
    expect(processes("numprocs: 2", "numprocs_start: 99").map(({ name }) => name)).toEqual(["web_100", "web_99"]);
  });

  it("may be none", () => {
    expect(loaded(program("numprocs: 0")).groups).toMatchObject([{ name: "web", processes: [] }]);
  });

  it("may come from a variable", () => {
    expect(processes("numprocs: ${WORKERS:-3}")).toHaveLength(3);
  });

  it("leaves the name alone when there is one process", () => {
    expect(process("numprocs: 1", "numprocs_start: 7").name).toBe("web");
  });
});

describe("process_name", () => {
  it("is a pattern of the names", () => {
    const names = processes("numprocs: 2", "process_name: ${PROGRAM_NAME}-${GROUP_NAME}-${PROCESS_NUM:03d}").map(
      ({ name }) => name,
    );
    expect(names).toEqual(["web-web-000", "web-web-001"]);
  });
});

describe("umask", () => {
  it.each(["022", '"022"', "22", "0o22", '"0o22"', "'22'"])("%s is octal", (text) => {
    expect(launch(`umask: ${text}`).umask).toBe(0o022);
  });

  it("takes 666 and 777 as they are written", () => {
    expect(launch("umask: 666").umask).toBe(0o666);
    expect(launch("umask: 777").umask).toBe(0o777);
    expect(launch("umask: 0").umask).toBe(0);
  });

  it("may come from a variable", () => {
    expect(launch("umask: ${MASK:-027}").umask).toBe(0o027);
  });
});

describe("autorestart", () => {
  it.each([
    ["unexpected", "unexpected"],
    ["always", "always"],
    ["never", "never"],
    ["true", "always"],
    ["false", "never"],
    ['"false"', "never"],
  ])("%s is %s", (text, meaning) => {
    expect(policy(`autorestart: ${text}`).autorestart).toBe(meaning);
  });
});

describe("exitcodes", () => {
  it.each([
    ["2", [2]],
    ["[0, 2]", [0, 2]],
    ['"0,2"', [0, 2]],
    ["0, 2", [0, 2]],
    ["\n      - 0\n      - 2", [0, 2]],
    ["[]", []],
    ["[0x10]", [16]],
  ])("%s gives %j", (text, codes) => {
    expect(policy(`exitcodes: ${text}`).exitCodes).toEqual(codes);
  });
});

describe("times", () => {
  it.each([
    ["10", 10_000],
    ["0.5", 500],
    ["0", 0],
    ["10s", 10_000],
    ["500ms", 500],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["1.5 m", 90_000],
    ['"3"', 3000],
    ["1e1", 10_000],
  ])("%s is %d ms", (text, duration) => {
    expect(policy(`starttime: ${text}`).startMillis).toBe(duration);
    expect(policy(`startsecs: ${text}`).startMillis).toBe(duration);
    expect(policy(`stoptime: ${text}`).stopWaitMillis).toBe(duration);
    expect(policy(`stopwaitsecs: ${text}`).stopWaitMillis).toBe(duration);
  });
});

describe("sizes", () => {
  it.each([
    ["0", 0],
    ["100", 100],
    ["1KB", 1024],
    ["50MB", 50 * 1024 ** 2],
    ["2gb", 2 * 1024 ** 3],
    ['"1 KB"', 1024],
  ])("%s is %d bytes", (text, bytes) => {
    expect(launch(`stdout_logfile_maxbytes: ${text}`).stdout.maxBytes).toBe(bytes);
    expect(launch(`stderr_capture_maxbytes: ${text}`).stderr.captureMaxBytes).toBe(bytes);
  });
});

describe("stopsignal", () => {
  it.each(["TERM", "SIGTERM", "15", "term", "sigTerm", '"15"'])("%s is SIGTERM", (text) => {
    expect(policy(`stopsignal: ${text}`).stopSignal).toBe(15);
  });

  it("takes any other signal", () => {
    expect(policy("stopsignal: USR2").stopSignal).toBe(12);
  });
});

describe("env", () => {
  it("takes numbers and truth values as they are written", () => {
    const environment = { A: "1", B: "007", C: "true", D: "1.50", E: "", F: "x y", G: "~" };
    expect(launch("env: { A: 1, B: 007, C: true, D: 1.50, E: '', F: x y, G: '~' }").environment).toEqual(environment);
    expect(launch("environment: { A: 1 }").environment).toEqual({ A: "1" });
  });

  it("may be a list", () => {
    expect(launch("env: [A=1, B=x=y, C=]").environment).toEqual({ A: "1", B: "x=y", C: "" });
  });

  it("is added to the environment of the daemon section, and wins", () => {
    const { groups } = loaded(`daemon: { env: { A: 1, B: 2 } }\n${program("env: { B: 3 }")}`);
    expect(groups[0]?.processes[0]?.launch.environment).toEqual({ A: "1", B: "3" });
  });

  it("may have any name", () => {
    expect(Object.entries(launch("env: { __proto__: a, constructor: b }").environment)).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
  });
});

describe("stdout and stderr", () => {
  it.each([
    ["auto", { kind: "auto" }],
    ["AUTO", { kind: "auto" }],
    ["none", { kind: "none" }],
    ["off", { kind: "none" }],
    ["", { kind: "none" }],
    ["null", { kind: "none" }],
    ["~", { kind: "none" }],
    ["inherit", { kind: "inherit" }],
    ["/var/log/x.log", { kind: "file", path: "/var/log/x.log" }],
    ["/var/log/../log/x.log", { kind: "file", path: "/var/log/../log/x.log" }],
    ["x.log", { kind: "file", path: "/etc/t/x.log" }],
    ["./auto", { kind: "file", path: "/etc/t/auto" }],
    ["~/x.log", { kind: "file", path: "/root/x.log" }],
  ])("%s gives %j", (text, log) => {
    expect(launch(`stdout: ${text}`).stdout.log).toEqual(log);
    expect(launch(`stderr_logfile: ${text}`).stderr.log).toEqual(log);
  });

  it("has no log of its own for a redirected stderr", () => {
    const { redirectStderr, stderr } = launch("redirect_stderr: true", "stderr: auto");
    expect(redirectStderr).toBe(true);
    expect(stderr.log).toEqual({ kind: "none" });
  });

  it("has stderr where stdout is on a terminal", () => {
    expect(launch("tty: true")).toMatchObject({ tty: true, redirectStderr: true, stderr: { log: { kind: "none" } } });
    expect(launch("tty: false")).toMatchObject({ tty: false, redirectStderr: false });
    const { notes } = loaded(program("tty: true", "stderr: x.log"));
    expect(notes.map(({ message }) => message)).toEqual([
      'stderr of program "web" goes where stdout goes (tty), so its own file is not used',
    ]);
  });

  it("remarks that a redirected stderr leaves its file unused", () => {
    const { notes } = loaded(program("redirect_stderr: true", "stderr: x.log"));
    expect(notes).toEqual([
      {
        level: "warn",
        position: { file: "/etc/t/main.yaml", line: 5, column: 13 },
        message: 'stderr of program "web" goes where stdout goes (redirect_stderr), so its own file is not used',
      },
    ]);
  });

  it("remarks that a log without limit could fill the disk", () => {
    const { notes } = loaded(program("stdout_logfile_maxbytes: 0"));
    expect(notes.map(({ message }) => message)).toEqual([
      'stdout of program "web" is logged without limit: set stdout_logfile_maxbytes above 0, or stdout to a file',
    ]);
  });
});

describe("further options of supervisord", () => {
  it("are taken under their own names", () => {
    const { policy, launch } = process(
      "priority: -5",
      "autostart: false",
      "startretries: 0",
      "early_exit: failure",
      "stopasgroup: false",
      "killasgroup: false",
      "user: www",
      "workingdir: sub",
      "serverurl: http://x",
      "stdout_logfile_backups: 3",
      "stdout_events_enabled: true",
      "stderr_syslog: true",
    );
    expect(policy).toMatchObject({
      priority: -5,
      autostart: false,
      startRetries: 0,
      earlyExit: "failure",
      stopAsGroup: false,
      killAsGroup: false,
    });
    expect(launch).toMatchObject({
      user: { uid: 33, gid: 34, name: "www" },
      directory: "/etc/t/sub",
      serverUrl: "http://x",
      stdout: { backups: 3, eventsEnabled: true },
      stderr: { syslog: true },
    });
  });

  it("kill the group even where only the process is asked to stop", () => {
    expect(policy("stopasgroup: false")).toMatchObject({ stopAsGroup: false, killAsGroup: true });
  });

  it("take a user by number, and the directory as supervisord calls it", () => {
    expect(launch("user: 33", "directory: /srv")).toMatchObject({ user: { name: "www" }, directory: "/srv" });
  });

  it("may all be written with their defaults", () => {
    const lines = Object.values(PROGRAM_KEYS).flatMap(({ yaml, yamlDefault: { kind, text } }) =>
      kind === "value" ? [`${yaml}: ${text}`] : [],
    );
    expect(process(...lines)).toEqual(process("cmd: x"));
  });
});

import { describe, expect, it } from "vitest";
import type { StreamConfig } from "../../src/model/config.ts";
import { signalNumber } from "../../src/model/signal.ts";
import { millis } from "../../src/model/time.ts";
import type { RpcStruct } from "../../src/rpc/value.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { call } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

const STREAM: StreamConfig = {
  log: { kind: "file", path: "/log/out" },
  maxBytes: 50 * 1024 * 1024,
  backups: 10,
  captureMaxBytes: 7,
  eventsEnabled: true,
  syslog: true,
};

async function configOf(daemon: FakeDaemon): Promise<readonly RpcStruct[]> {
  return (await call(daemon, "supervisor.getAllConfigInfo")) as readonly RpcStruct[];
}

describe("the configuration of a process", () => {
  it("has its members in the agreed order", async () => {
    const process = aProcess(
      "cat",
      {
        priority: 3,
        autostart: false,
        exitCodes: [0, 2],
        startMillis: millis(5000),
        startRetries: 4,
        stopSignal: signalNumber("USR1"),
        stopWaitMillis: millis(7000),
        killAsGroup: true,
      },
      {
        command: { text: "/bin/cat -n", words: ["/bin/cat", "-n"], problem: null },
        directory: "/srv",
        user: { uid: 33, gid: 33, name: "www-data" },
        serverUrl: "http://localhost:9001",
        stdout: STREAM,
      },
    );
    const [info] = await configOf(new FakeDaemon([], [aGroup("cat", [process], 8)]));
    expect(Object.entries(info ?? {})).toEqual([
      ["autostart", false],
      ["autorestart", "unexpected"],
      ["directory", "/srv"],
      ["uid", 33],
      ["command", "/bin/cat -n"],
      ["exitcodes", [0, 2]],
      ["group", "cat"],
      ["group_prio", 8],
      ["inuse", false],
      ["killasgroup", true],
      ["name", "cat"],
      ["process_prio", 3],
      ["redirect_stderr", false],
      ["startretries", 4],
      ["startsecs", 5],
      ["stdout_capture_maxbytes", 7],
      ["stdout_events_enabled", true],
      ["stdout_logfile", "/log/out"],
      ["stdout_logfile_backups", 10],
      ["stdout_logfile_maxbytes", 52428800],
      ["stdout_syslog", true],
      ["stopsignal", 10],
      ["stopwaitsecs", 7],
      ["stderr_capture_maxbytes", 0],
      ["stderr_events_enabled", false],
      ["stderr_logfile", "none"],
      ["stderr_logfile_backups", 0],
      ["stderr_logfile_maxbytes", 0],
      ["stderr_syslog", false],
      ["serverurl", "http://localhost:9001"],
    ]);
  });

  it("has the word none for what is unset", async () => {
    const [info] = await configOf(new FakeDaemon([aGroup("cat")]));
    expect(info).toMatchObject({ directory: "none", uid: "none", stdout_logfile: "none", serverurl: "none", inuse: true });
  });

  it.each([
    ["never", false],
    ["always", true],
    ["unexpected", "unexpected"],
  ] as const)("has autorestart=%s as %j", async (autorestart, expected) => {
    const [info] = await configOf(new FakeDaemon([aGroup("cat", [aProcess("cat", { autorestart })])]));
    expect(info?.autorestart).toBe(expected);
  });

  it("has an automatic log by its path once it has one", async () => {
    const auto = { ...STREAM, log: { kind: "auto" } } as const;
    const daemon = new FakeDaemon([aGroup("cat", [aProcess("cat", {}, { stdout: auto, stderr: auto })])]);
    daemon.logPaths.set("cat:cat stdout", "/tmp/cat-stdout.log");
    expect((await configOf(daemon))[0]).toMatchObject({ stdout_logfile: "/tmp/cat-stdout.log", stderr_logfile: "auto" });
  });

  it("has a log that goes to the daemon's own output by the name of that", async () => {
    const inherit = { ...STREAM, log: { kind: "inherit" } } as const;
    const daemon = new FakeDaemon([aGroup("cat", [aProcess("cat", {}, { stdout: inherit, stderr: inherit })])]);
    expect((await configOf(daemon))[0]).toMatchObject({ stdout_logfile: "/dev/stdout", stderr_logfile: "/dev/stderr" });
  });

  it("has no stderr log when stderr goes where stdout goes", async () => {
    const daemon = new FakeDaemon([aGroup("cat", [aProcess("cat", {}, { redirectStderr: true, stderr: STREAM })])]);
    expect((await configOf(daemon))[0]).toMatchObject({ redirect_stderr: true, stderr_logfile: "none" });
  });

  it("comes for every process, by name alone", async () => {
    const daemon = new FakeDaemon([aGroup("a", [aProcess("z"), aProcess("m")])], [aGroup("b", [aProcess("n")])]);
    expect((await configOf(daemon)).map((info) => `${info.group}:${info.name}`)).toEqual(["a:m", "b:n", "a:z"]);
  });
});

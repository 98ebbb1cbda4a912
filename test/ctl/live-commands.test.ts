import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";
import { runClient, TASKMASTERCTL } from "./clients.ts";
import { openTerminal, type PseudoTerminal } from "./pseudo-terminal.ts";

const CONFIGURATION = `
programs:
  a: { cmd: "sh -c 'echo one; echo two >&2; echo three; exec sleep 1001'", starttime: 0, stdout: a.log, stderr: a.err }
  b: { cmd: "sh -c 'printf \\"\\\\033[31mred\\\\033[0m\\"; exec sleep 1002'", starttime: 0, stdout: b.log, stderr: none }
  noisy: { cmd: [sh, -c, "n=0; while :; do n=$((n + 1)); echo \${PROCESS_NUM} $n ${"x".repeat(60)}; done"], numprocs: 10, starttime: 0, autostart: false }
  late: { cmd: sleep 1003, starttime: 0, autostart: false }
  hopeless: { cmd: "sh -c 'exit 1'", starttime: 5, startretries: 0, autostart: false }
`;

let daemon: TestDaemon;
let client: ChildProcess | undefined;
let terminal: PseudoTerminal | undefined;

beforeAll(async () => {
  daemon = await new TestDaemon(CONFIGURATION).start();
  for (const [log, text] of [
    ["a.log", "three\n"],
    ["b.log", "\u001b[0m"],
  ] as const) {
    await waitFor(log, () => daemon.read(log).endsWith(text));
  }
});

afterEach(() => {
  client?.kill();
  terminal?.kill();
});
afterAll(() => daemon?.stop());

const words = (...more: readonly string[]) => ["-s", `unix://${daemon.socket}`, ...more];
const ctl = (...more: readonly string[]) => runClient(TASKMASTERCTL, words(...more));

/** A client that goes on; what it has printed so far. */
function follow(...more: readonly string[]): () => string {
  let printed = "";
  client = spawn(TASKMASTERCTL, words(...more), { stdio: ["ignore", "pipe", "inherit"] });
  client.stdout?.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  return () => printed;
}

const documents = (text: string) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe("logs", () => {
  it("shows what was written since a time", async () => {
    expect((await ctl("logs", "a", "--since", "1h")).stdout).toBe("a | one\na | three\n");
    const soon = new Date(Date.now() + 60_000).toISOString();
    expect(await ctl("logs", "a", "--since", soon)).toMatchObject({ stdout: "", status: 0 });
    expect(await ctl("logs", "a", "--since", "yesterday")).toMatchObject({
      stdout: expect.stringContaining("no such time: yesterday"),
      status: 2,
    });
  });

  it("shows the last lines of each process behind its name, without the colours of the program", async () => {
    expect(await ctl("logs", "a", "-n", "1")).toMatchObject({ stdout: "a | three\n", status: 0 });
    const { stdout } = await ctl("logs");
    const blanks = " ".repeat("noisy:noisy_00".length - 1);
    expect(stdout.trimEnd().split("\n").sort()).toEqual(
      ["a | one", "a | three", "b | red"].map((line) => line.replace(" ", `${blanks} `)),
    );
    expect((await ctl("logs", "--stderr", "a")).stdout).toBe("a | two\n");
  });

  it("shows only lines that match, and says which names mean nothing", async () => {
    expect((await ctl("logs", "--all", "--grep", "^t", "a")).stdout.trimEnd().split("\n").sort()).toEqual([
      "a | three",
      "a | two",
    ]);
    expect(await ctl("logs", "nope", "a", "-n", "1")).toMatchObject({
      stdout: "a | three\n",
      stderr: "nope: ERROR (no such process)\n",
      status: 4,
    });
    expect((await ctl("logs", "--grep", "(")).status).toBe(2);
  });

  it("follows ten noisy processes together, each line whole and behind its name", async () => {
    await ctl("start", "noisy:*");
    const printed = follow("logs", "-f", "-n", "0", "noisy:*");
    await waitFor(
      "lines of all ten",
      () => new Set(printed().match(/^noisy:noisy_\d\d/gm)).size === 10 && printed().length > 300_000,
    );
    await ctl("stop", "noisy:*");
    const lines = printed().split("\n").slice(0, -1);
    expect(lines.filter((line) => !/^noisy:noisy_0(\d) +\| \1 \d+ x{60}$/.test(line))).toEqual([]);
    for (let number = 0; number < 10; number++) {
      const own = lines.filter((line) => line.startsWith(`noisy:noisy_0${number} `)).map((line) => Number(line.split(/ +/)[3]));
      expect(own).toEqual(own.map((_, index) => (own[0] ?? 0) + index));
    }
  });

  it("is one document with --json, and one for each line when it goes on", async () => {
    const { stdout } = await ctl("logs", "a", "--json");
    const lines = ["one", "three"].map((text) => ({ group: "a", name: "a", channel: "stdout", text }));
    expect(JSON.parse(stdout)).toMatchObject({ command: "logs", status: 0, data: { lines, unknown: [] } });

    const printed = follow("logs", "-f", "-n", "0", "--json", "a");
    await waitFor("a line that is written meanwhile", () => {
      appendFileSync(join(daemon.folder, "a.log"), "four\n");
      return printed().includes("four");
    });
    expect(documents(printed().split("\n", 1)[0] ?? "")).toEqual([
      { taskmasterctl: 1, command: "logs", data: { group: "a", name: "a", channel: "stdout", text: "four" } },
    ]);
  });
});

describe("wait", () => {
  it("ends as soon as the processes are in the state", async () => {
    expect((await ctl("wait", "a", "b")).status).toBe(0);
    const waiting = ctl("wait", "late", "--timeout", "50s");
    await daemon.call("supervisor.startProcess", "late");
    expect((await waiting).status).toBe(0);
    const stopping = ctl("wait", "late", "--state", "stopped", "--json");
    await daemon.call("supervisor.stopProcess", "late");
    expect(JSON.parse((await stopping).stdout)).toMatchObject({ status: 0, data: { outcome: "reached" } });
  });

  it("tells what kept it from that", async () => {
    expect(await ctl("wait", "late", "--timeout", "100ms")).toMatchObject({ stdout: "late: still STOPPED\n", status: 124 });
    await daemon.call("supervisor.startProcess", "hopeless").catch(() => undefined);
    expect(await ctl("wait", "hopeless")).toMatchObject({ stdout: expect.stringContaining("still FATAL"), status: 7 });
    expect((await ctl("wait", "nope")).status).toBe(4);
    for (const mistake of [["wait"], ["wait", "a", "--state", "up"], ["wait", "a", "--timeout", "soon"]]) {
      expect((await ctl(...mistake)).status).toBe(2);
    }
  });
});

describe("events", () => {
  it("prints what happens, as lines or as documents", async () => {
    const printed = follow("events");
    await waitFor("a line", async () => {
      await daemon.call("supervisor.sendRemoteCommEvent", "t", "hello\u009b2J");
      return printed() !== "";
    });
    expect(printed()).toMatch(/^\d\d:\d\d:\d\d REMOTE_COMMUNICATION remote_type=t data=hello\\x9b2J\n/);
    client?.kill();
    const told = follow("events", "--types", "PROCESS_STATE", "--json");
    await waitFor("a change", async () => {
      await daemon.call("supervisor.startProcess", "late");
      await daemon.call("supervisor.stopProcess", "late");
      return told().includes("\n");
    });
    expect(documents(told().split("\n", 1)[0] ?? "")).toMatchObject([{ command: "events", data: { name: "late" } }]);
  });

  it("knows which types there are", async () => {
    expect(await ctl("events", "--types", "NOPE")).toMatchObject({
      stdout: expect.stringContaining("no such type of event: NOPE; there are EVENT, PROCESS_STATE, "),
      status: 2,
    });
  });
});

describe("what lives on a screen", () => {
  it("shows changes as they happen, and gives the terminal back", async () => {
    terminal = openTerminal(TASKMASTERCTL, words("status", "--watch", "late"));
    await terminal.see("STOPPED");
    await daemon.call("supervisor.startProcess", "late");
    await terminal.see("RUNNING");
    await daemon.call("supervisor.stopProcess", "late");
    await terminal.see("1 process: 1 STOPPED");
    terminal.type("q");
    await terminal.see("\u001b[?1049l");
    expect(await terminal.ended()).toBe(0);
  });

  it("acts on the process that is chosen", async () => {
    terminal = openTerminal(TASKMASTERCTL, words("top", "a", "late"));
    await terminal.see("arrows choose");
    terminal.type("j");
    terminal.type("s");
    await terminal.see("late: started");
    terminal.type("x");
    await terminal.see("late: stopped");
    terminal.type("q");
    expect(await terminal.ended()).toBe(0);
  });

  it("needs a screen", async () => {
    expect(await ctl("status", "--watch")).toMatchObject({ stdout: expect.stringContaining("needs a terminal"), status: 1 });
  });
});

import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Heard, listenerCommand, readTranscript } from "../events/transcript.ts";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";

let daemon: TestDaemon | null = null;
afterEach(async () => {
  await daemon?.stop();
  daemon = null;
});

async function run(configuration: (folder: string) => string): Promise<TestDaemon> {
  daemon = new TestDaemon(configuration, { file: "supervisord.conf" });
  return await daemon.start();
}

/** A listener that notes in `heard.json` what it hears. */
function aListener(folder: string, events: string, options: string[] = [], answers: readonly string[] = []): string {
  const command = listenerCommand("plain", join(folder, "heard.json"), ...answers);
  return ["[eventlistener:l]", `command=${command}`, `events=${events}`, "stdout_logfile=NONE", ...options, ""].join("\n");
}

function aProgram(name: string, command: string, ...options: readonly string[]): string {
  return [`[program:${name}]`, `command=${command}`, "stdout_logfile=NONE", "stderr_logfile=NONE", ...options, ""].join("\n");
}

function heard(own: TestDaemon): readonly Heard[] {
  return readTranscript(join(own.folder, "heard.json"));
}

const ALL_BUT_TIME = "PROCESS_GROUP,SUPERVISOR_STATE_CHANGE,PROCESS_STATE";

/** Waits until the listener has heard `count` events of the types that begin with `prefix`. */
async function hears(own: TestDaemon, count: number, prefix = ""): Promise<readonly Heard[]> {
  return await waitFor(`${count} events ${prefix}`, () => {
    const all = heard(own).filter(({ eventname }) => eventname.startsWith(prefix));
    return all.length >= count ? all : null;
  });
}

function inShort(events: readonly Heard[]): readonly string[] {
  return events.map(({ eventname, payload }) => `${eventname} ${payload.replace(/pid:[1-9]\d*/, "pid:N")}`);
}

describe("an event listener", () => {
  it("hears of the groups, of the daemon and of the processes, in this order", async () => {
    const own = await run(
      (folder) => aListener(folder, ALL_BUT_TIME, ["buffer_size=50"]) + aProgram("p", "sleep 600", "startsecs=0"),
    );
    expect(inShort(await hears(own, 7)).slice(0, 7)).toEqual([
      "PROCESS_GROUP_ADDED groupname:l\n",
      "PROCESS_GROUP_ADDED groupname:p\n",
      "SUPERVISOR_STATE_CHANGE_RUNNING ",
      "PROCESS_STATE_STARTING processname:l groupname:l from_state:STOPPED tries:0",
      "PROCESS_STATE_STARTING processname:p groupname:p from_state:STOPPED tries:0",
      "PROCESS_STATE_RUNNING processname:p groupname:p from_state:STARTING pid:N",
      "PROCESS_STATE_RUNNING processname:l groupname:l from_state:STARTING pid:N",
    ]);
    const numbers = heard(own).map(({ header }) => [header.serial, header.poolserial]);
    expect(numbers.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6].map((number) => [String(number), String(number)]));
    expect(heard(own)[0]?.header).toMatchObject({ ver: "3.0", server: "supervisor", pool: "l" });
  });

  it("hears each step of a program that fails", async () => {
    const own = await run((folder) =>
      [
        aListener(folder, "PROCESS_STATE", ["startsecs=0", "buffer_size=50"]),
        aProgram("bad", "false", "startretries=2", "startsecs=5"),
      ].join(""),
    );
    await own.reach("bad", "FATAL");
    await waitFor("the end", () => heard(own).some(({ eventname }) => eventname.endsWith("FATAL")));
    const steps = inShort(heard(own).filter(({ payload }) => payload.startsWith("processname:bad")));
    expect(steps.map((step) => step.replace("PROCESS_STATE_", "").replace("processname:bad groupname:bad ", ""))).toEqual([
      "STARTING from_state:STOPPED tries:0",
      "BACKOFF from_state:STARTING tries:1",
      "STARTING from_state:BACKOFF tries:1",
      "BACKOFF from_state:STARTING tries:2",
      "STARTING from_state:BACKOFF tries:2",
      "BACKOFF from_state:STARTING tries:3",
      "FATAL from_state:BACKOFF",
    ]);
  });

  it("made with supervisor's childutils works, in YAML too", async () => {
    daemon = new TestDaemon((folder) => {
      const command = listenerCommand("with_childutils", join(folder, "heard.json"));
      return `listeners: { l: { cmd: "${command}", starttime: 0, events: [REMOTE_COMMUNICATION], stdout: none } }\n`;
    });
    const own = await daemon.start();
    await own.reach("l", "RUNNING");
    for (const data of ["one", "zwölf €", "😀\n"]) await own.call("supervisor.sendRemoteCommEvent", "type", data);
    expect((await hears(own, 3)).map(({ payload }) => payload)).toEqual([
      "type:type\none",
      "type:type\nzwölf €",
      "type:type\n😀\n",
    ]);
  });

  it("gets a message of a client verbatim", async () => {
    const own = await run((folder) => aListener(folder, "remote_communication", ["startsecs=0"]));
    await own.call("supervisor.sendRemoteCommEvent", "a b\nc", "naïve 日本");
    const [event] = await hears(own, 1);
    expect(event?.payload).toBe("type:a b\nc\nnaïve 日本");
    expect(event?.header.len).toBe(String("type:a b\nc\nnaïve 日本".length));
  });

  it("hears of groups that are removed and added", async () => {
    const own = await run((folder) => aListener(folder, "PROCESS_GROUP", ["startsecs=0"]) + aProgram("p", "sleep 600"));
    await own.call("supervisor.stopProcess", "p");
    await own.call("supervisor.removeProcessGroup", "p");
    await own.call("supervisor.addProcessGroup", "p");
    expect(inShort(await hears(own, 4)).slice(2)).toEqual([
      "PROCESS_GROUP_REMOVED groupname:p\n",
      "PROCESS_GROUP_ADDED groupname:p\n",
    ]);
  });

  it("hears how the programs stop when the daemon leaves", async () => {
    const own = await run(
      (folder) => aListener(folder, ALL_BUT_TIME, ["startsecs=0"]) + aProgram("p", "sleep 600", "startsecs=0"),
    );
    await own.reach("p", "RUNNING");
    await hears(own, 7);
    own.signal("SIGTERM");
    await own.left();
    const last = inShort(heard(own)).slice(7, 10);
    expect(last).toEqual([
      "SUPERVISOR_STATE_CHANGE_STOPPING ",
      "PROCESS_STATE_STOPPING processname:p groupname:p from_state:RUNNING pid:N",
      "PROCESS_STATE_STOPPED processname:p groupname:p from_state:STOPPING pid:N",
    ]);
  });

  it("is told the time every five seconds", async () => {
    const own = await run((folder) => aListener(folder, "TICK_5", ["startsecs=0"]));
    const whens = (await hears(own, 2)).map(({ payload }) => Number(payload.replace("when:", "")));
    expect(whens[0] ?? 1).toSatisfy((when: number) => when % 5 === 0);
    expect(whens[1]).toBe((whens[0] ?? 0) + 5);
  });

  it("has what it says in its log", async () => {
    const own = await run((folder) =>
      aListener(folder, "PROCESS_GROUP", ["startsecs=0"]).replace("stdout_logfile=NONE", `stdout_logfile=${folder}/l.out`),
    );
    await waitFor("its words", () => existsSync(join(own.folder, "l.out")) && own.read("l.out") === "READY\nRESULT 2\nOKREADY\n");
    expect(own.log).toMatch(/DEBG 'l' stdout output:\nb'READY\\n'/);
  });

  it("is distrusted for good once it breaks the protocol, but left running", async () => {
    const own = await run((folder) => aListener(folder, "PROCESS_GROUP", ["startsecs=0"], ["noise"]));
    await waitFor("the warning", () =>
      own.log.includes(
        "WARN l: has entered the UNKNOWN state and will no longer receive events, this usually indicates the process violated the " +
          "eventlistener protocol",
      ),
    );
    expect(own.log).toContain("WARN l: bad result line: 'this is no result'");
    expect((await own.info("l")).statename).toBe("RUNNING");
    expect(heard(own)).toHaveLength(1);
  });
});

describe("an event that was not processed", () => {
  it("comes again with the same numbers when it was rejected", async () => {
    const own = await run((folder) => aListener(folder, "REMOTE_COMMUNICATION", ["startsecs=0"], ["FAIL", "FAIL", "OK"]));
    for (const data of ["1", "2"]) await own.call("supervisor.sendRemoteCommEvent", "t", data);
    const events = await hears(own, 4);
    expect(events.map(({ header, payload }) => `${header.serial} ${header.poolserial} ${payload}`)).toEqual([
      "0 0 type:t\n1",
      "0 0 type:t\n1",
      "0 0 type:t\n1",
      "1 1 type:t\n2",
    ]);
    expect(own.log).toContain("WARN l: event was rejected");
  });

  it("is not given to another pool, as supervisord would", async () => {
    const own = await run((folder) =>
      [
        aListener(folder, "REMOTE_COMMUNICATION", ["startsecs=0"], ["FAIL", "OK"]),
        "[eventlistener:other]",
        `command=${listenerCommand("plain", join(folder, "other.json"))}`,
        "events=PROCESS_GROUP_ADDED",
        "startsecs=0\n",
      ].join("\n"),
    );
    await own.call("supervisor.sendRemoteCommEvent", "t", "1");
    await hears(own, 2);
    await waitFor("the other pool", () => readTranscript(join(own.folder, "other.json")).length > 0);
    expect(readTranscript(join(own.folder, "other.json")).map(({ eventname }) => eventname)).toEqual(["PROCESS_GROUP_ADDED"]);
  });

  it("comes again when its listener died with it", async () => {
    const own = await run((folder) =>
      aListener(folder, "REMOTE_COMMUNICATION", ["startsecs=0", "autorestart=true"], ["OK", "die"]),
    );
    for (const data of ["1", "2"]) await own.call("supervisor.sendRemoteCommEvent", "t", data);
    const events = await hears(own, 3);
    // The new listener takes the second one with its first answer, OK.
    expect(events.map(({ header, payload }) => `${header.serial} ${payload}`)).toEqual([
      "0 type:t\n1",
      "1 type:t\n2",
      "1 type:t\n2",
    ]);
    expect(own.log).toContain("rebuffering event 1 for pool l (buf size=0, max=10)");
  });
});

describe("a pool of two listeners", () => {
  const TWO = ["numprocs=2", "process_name=l%(process_num)d", "startsecs=0"];

  it("shares one queue: each event goes to one of them", async () => {
    const own = await run((folder) => aListener(folder, "REMOTE_COMMUNICATION", [...TWO, "buffer_size=100"]));
    await own.reach("l:l1", "RUNNING");
    for (let number = 0; number < 50; number++) await own.call("supervisor.sendRemoteCommEvent", "t", String(number));
    const events = await hears(own, 50);
    expect(events.map(({ header }) => Number(header.poolserial)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, index) => index),
    );
  });

  it("goes on with one while the other has not answered", async () => {
    const own = await run((folder) => aListener(folder, "REMOTE_COMMUNICATION", TWO));
    await own.reach("l:l1", "RUNNING");
    await own.call("supervisor.signalProcess", "l:l0", "STOP");
    for (const data of ["1", "2", "3"]) await own.call("supervisor.sendRemoteCommEvent", "t", data);
    const events = await hears(own, 2);
    expect(new Set(events.map(({ listener }) => listener))).toEqual(new Set(["l1"]));
    await own.call("supervisor.signalProcess", "l:l0", "CONT");
    expect(new Set((await hears(own, 3)).map(({ payload }) => payload))).toEqual(
      new Set(["type:t\n1", "type:t\n2", "type:t\n3"]),
    );
  });
});

describe("the buffer of a pool", () => {
  it("keeps the latest events when nobody takes them", async () => {
    const own = await run((folder) =>
      aListener(folder, "REMOTE_COMMUNICATION", ["autostart=false", "startsecs=0", "buffer_size=3"]),
    );
    for (const data of ["1", "2", "3", "4", "5"]) await own.call("supervisor.sendRemoteCommEvent", "t", data);
    expect(own.log).toContain("ERRO pool l event buffer overflowed, discarding event 0");
    expect(own.log).toContain("ERRO pool l event buffer overflowed, discarding event 1");
    await own.call("supervisor.startProcess", "l");
    expect((await hears(own, 3)).map(({ payload }) => payload)).toEqual(["type:t\n3", "type:t\n4", "type:t\n5"]);
  });
});

describe("the output of a program", () => {
  it("is an event where it is asked for, whatever its log", async () => {
    const own = await run((folder) =>
      [
        aListener(folder, "PROCESS_LOG", ["startsecs=0"]),
        aProgram("p", `sh -c 'sleep 1; printf out; printf err >&2'`, "stdout_events_enabled=true", "stderr_events_enabled=true"),
        aProgram("quiet", "echo nothing"),
        aProgram("binary", `printf '\\377'`, "stdout_events_enabled=true", "startsecs=0", "autorestart=false"),
      ].join(""),
    );
    const events = inShort(await hears(own, 3));
    expect([...events].sort()).toEqual([
      "PROCESS_LOG_STDERR processname:p groupname:p pid:N channel:stderr\nerr",
      "PROCESS_LOG_STDOUT processname:binary groupname:binary pid:N channel:stdout\nUndecodable: b'\\xff'",
      "PROCESS_LOG_STDOUT processname:p groupname:p pid:N channel:stdout\nout",
    ]);
  });

  it("is captured between the tokens, however they are cut, and the rest is logged to the last byte", async () => {
    const script = [
      "printf 'short'; sleep 0.1",
      "printf '<!--XSUPERVISOR'; sleep 0.1",
      "printf ':BEGIN-->cap'; sleep 0.1",
      "printf 'tured<!--XSUPERVISOR:END-'; sleep 0.1",
      "printf -- '->tail <!--X'",
    ].join("; ");
    const own = await run((folder) =>
      [
        aListener(folder, "PROCESS_COMMUNICATION", ["startsecs=0"]),
        aProgram("p", `sh -c "${script}"`, "stdout_capture_maxbytes=1KB", "startsecs=0", "autorestart=false").replace(
          "stdout_logfile=NONE",
          `stdout_logfile=${folder}/p.out`,
        ),
      ].join(""),
    );
    expect(inShort(await hears(own, 1))).toEqual(["PROCESS_COMMUNICATION_STDOUT processname:p groupname:p pid:N\ncaptured"]);
    await own.reach("p", "EXITED");
    expect(own.read("p.out")).toBe("shorttail <!--X");
    expect(own.log).toContain("DEBG 'p' stdout emitted a comm event");
  });

  it("is logged at once in the capture mode", async () => {
    const own = await run((folder) =>
      aProgram("p", "sh -c 'echo hi; exec sleep 600'", "stdout_capture_maxbytes=1KB").replace(
        "stdout_logfile=NONE",
        `stdout_logfile=${folder}/p.out`,
      ),
    );
    await waitFor("the line", () => own.read("p.out") === "hi\n");
  });

  it("may be captured from the stderr of a listener", async () => {
    const own = await run((folder) =>
      [
        aListener(folder, "PROCESS_COMMUNICATION_STDERR", ["startsecs=0"]),
        "[eventlistener:other]",
        "command=sh -c 'printf \"<!--XSUPERVISOR:BEGIN-->help<!--XSUPERVISOR:END-->\" >&2; exec sleep 600'",
        "events=TICK_3600",
        "stderr_capture_maxbytes=1KB\n",
      ].join("\n"),
    );
    expect(inShort(await hears(own, 1))).toEqual(["PROCESS_COMMUNICATION_STDERR processname:other groupname:other pid:N\nhelp"]);
  });
});

describe("a reload", () => {
  it("changes the subscriptions of a pool whose listener goes on", async () => {
    const own = await run((folder) => aListener(folder, "REMOTE_COMMUNICATION", ["startsecs=0"]));
    const { pid } = await own.reach("l", "RUNNING");
    own.configure(aListener(own.folder, "PROCESS_GROUP", ["startsecs=0"]) + aProgram("p", "sleep 600"));
    await own.call("taskmaster.update", []);
    await own.call("supervisor.sendRemoteCommEvent", "t", "unheard");
    expect(inShort(await hears(own, 1))).toEqual(["PROCESS_GROUP_ADDED groupname:p\n"]);
    expect((await own.info("l")).pid).toBe(pid);
  });

  it("adds a pool that was not there, and takes away one that is not wanted any more", async () => {
    const own = await run(() => aProgram("p", "sleep 600"));
    own.configure(aListener(own.folder, "EVENT", ["startsecs=0"]) + aProgram("p", "sleep 600"));
    await own.call("taskmaster.update", []);
    expect(inShort(await hears(own, 1))[0]).toBe("PROCESS_GROUP_ADDED groupname:l\n");
    own.configure(aProgram("p", "sleep 600"));
    await own.call("taskmaster.update", []);
    const before = heard(own).length;
    await own.call("supervisor.sendRemoteCommEvent", "t", "unheard");
    expect(heard(own)).toHaveLength(before);
  });

  it("makes a listener of a program of the same command, in a child of its own", async () => {
    const own = await run((folder) =>
      aListener(folder, "REMOTE_COMMUNICATION", ["startsecs=0"])
        .replace("eventlistener", "program")
        .replace(/events=.*\n/, ""),
    );
    await own.reach("l", "RUNNING");
    own.configure(aListener(own.folder, "REMOTE_COMMUNICATION", ["startsecs=0"]));
    await own.call("taskmaster.update", []);
    await own.call("supervisor.sendRemoteCommEvent", "t", "d");
    expect(inShort(await hears(own, 1))).toEqual(["REMOTE_COMMUNICATION type:t\nd"]);
  });

  it("of the whole daemon begins the numbers of the pools anew, and goes on with the others", async () => {
    const own = await run((folder) => aListener(folder, "REMOTE_COMMUNICATION", ["startsecs=0"]));
    await own.call("supervisor.sendRemoteCommEvent", "t", "1");
    await hears(own, 1);
    await own.call("supervisor.restart");
    await waitFor("the second life", () => own.log.match(/supervisord started with pid/g)?.length === 2);
    await own.reach("l", "RUNNING");
    await own.call("supervisor.sendRemoteCommEvent", "t", "2");
    expect((await hears(own, 2)).map(({ header }) => `${header.serial} ${header.poolserial}`)).toEqual(["0 0", "1 0"]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import xmlrpc from "xmlrpc";
import { startSupervisord } from "../ctl/real-supervisord.ts";
import { type Heard, listenerCommand, readTranscript } from "../events/transcript.ts";
import { PYTHON } from "../support/python.ts";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";

/** Where the listeners write; the same for both daemons, one after the other. */
const folder = mkdtempSync(join(tmpdir(), "taskmaster-events-"));
const TRANSCRIPT = join(folder, "heard.json");
const TALKER = join(folder, "talker.py");

afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Call = (method: string, ...parameters: readonly unknown[]) => Promise<unknown>;

/**
 * What supervisord says at once must not depend on when it reads: the pieces are long, since it holds back short ones in the capture
 * mode, and each is written when the one before has been read.
 */
const TALK = `import os, time
time.sleep(0.5)
for text in [
    b"an ordinary line that is long enough to be passed on\\n",
    b"before the section, and long enough too<!--XSUPERVISOR:BEGIN-->within the section<!--XSUPERVISOR:END-->after it, at the same length\\n",
    b"caf\\xc3\\xa9 \\xe2\\x82\\xac \\xf0\\x9f\\x98\\x80, which are fewer characters than bytes\\n",
    b"\\xff\\xfe is not to be decoded, whatever one tries to do with it\\n",
]:
    os.write(1, text)
    time.sleep(0.5)
time.sleep(600)
`;

const CONFIGURATION = `
[eventlistener:all]
command=${listenerCommand("plain", TRANSCRIPT)}
events=EVENT
buffer_size=1000
stdout_logfile=NONE

[eventlistener:second]
command=${listenerCommand("plain", `${TRANSCRIPT}.second`, "FAIL", "OK")}
events=remote_communication
startsecs=0
priority=5
stdout_logfile=NONE

[program:failing]
command=false
startsecs=3
startretries=1
stdout_logfile=NONE

[program:sleeping]
command=sleep 600
startsecs=0
stdout_logfile=NONE

[program:talking]
command=${PYTHON} ${TALKER}
startsecs=0
stdout_events_enabled=true
stdout_capture_maxbytes=10KB
stdout_logfile=NONE

[program:ending]
command=sh -c "sleep 2; exit 3"
autorestart=false
stdout_logfile=NONE
`;

/** Lets the programs of the configuration live, and does this and that to them. */
async function play(call: Call): Promise<{ readonly all: readonly Heard[]; readonly second: readonly Heard[] }> {
  const has = async (pattern: RegExp, count = 1) => {
    await waitFor(String(pattern), () => {
      const matching = readTranscript(TRANSCRIPT).filter(({ eventname, payload }) => pattern.test(`${eventname} ${payload}`));
      return matching.length >= count;
    });
  };
  await has(/RUNNING processname:sleeping/);
  await call("supervisor.sendRemoteCommEvent", "type one", "first\nline");
  await call("supervisor.sendRemoteCommEvent", "größe", "日本 😀");
  await has(/REMOTE_COMMUNICATION/, 2);
  await has(/FATAL processname:failing/);
  await has(/EXITED processname:ending/);
  await has(/Undecodable/);
  await call("supervisor.stopProcess", "sleeping");
  await call("supervisor.removeProcessGroup", "sleeping");
  await call("supervisor.addProcessGroup", "sleeping");
  await has(/RUNNING processname:sleeping/, 2);
  await waitFor("the other pool", () => readTranscript(`${TRANSCRIPT}.second`).length >= 3);
  return { all: readTranscript(TRANSCRIPT), second: readTranscript(`${TRANSCRIPT}.second`) };
}

async function playWithSupervisord() {
  const real = await startSupervisord(CONFIGURATION);
  try {
    const socketPath = real.unixUrl.replace("unix://", "");
    await waitFor("supervisord", () => callUnix(socketPath, "supervisor.getPID"));
    return await play((method, ...parameters) => callUnix(socketPath, method, ...parameters));
  } finally {
    await real.stop();
  }
}

async function playWithTaskmaster() {
  const ours = new TestDaemon(CONFIGURATION, { file: "supervisord.conf" });
  try {
    await ours.start();
    return await play((method, ...parameters) => ours.call(method, ...parameters));
  } finally {
    await ours.stop();
  }
}

function callUnix(socketPath: string, method: string, ...parameters: readonly unknown[]): Promise<unknown> {
  const client = xmlrpc.createClient({ socketPath, path: "/RPC2" } as { path: string });
  return new Promise((resolve, reject) => {
    client.methodCall(method, [...parameters], (error: unknown, value: unknown) => (error ? reject(error) : resolve(value)));
  });
}

/** Events about different processes come as these live; those about one of them come in one order. */
function byTopic(events: readonly Heard[]): Readonly<Record<string, readonly string[]>> {
  const topics: Record<string, string[]> = {};
  for (const { header, eventname, payload } of events) {
    if (eventname.startsWith("TICK")) continue;
    const [, process] = /^processname:(\S+)/.exec(payload) ?? [];
    const topic = process ?? eventname.replace(/_[A-Z]+$/, "");
    const length = header.len === String([...payload].length) ? "" : ` of wrong length ${header.len}`;
    topics[topic] ??= [];
    topics[topic].push(`${eventname}${length} ${payload.replace(/pid:[1-9]\d*/, "pid:N")}`);
  }
  return topics;
}

describe("a listener under taskmasterd", () => {
  it("reads what it reads under supervisord", { timeout: 120_000 }, async () => {
    writeFileSync(TALKER, TALK);
    const real = await playWithSupervisord();
    rmSync(TRANSCRIPT);
    rmSync(`${TRANSCRIPT}.second`);
    const ours = await playWithTaskmaster();

    expect(byTopic(ours.all)).toEqual(byTopic(real.all));
    // A rejected event leaks into all pools of the same priority there; the priorities of these differ.
    expect(byTopic(ours.second)).toEqual(byTopic(real.second));
    for (const { all } of [real, ours]) {
      expect(all.map(({ header }) => Object.keys(header).join())).toEqual(
        all.map(() => "ver,server,serial,pool,poolserial,eventname,len"),
      );
      expect(all.map(({ header }) => Number(header.serial))).toEqual(all.map((_, index) => index));
    }
  });
});

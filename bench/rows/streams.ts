import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Kind, withDaemon } from "../daemons.ts";
import { cpuSeconds } from "../process-usage.ts";
import { percentile, type Row } from "../row.ts";

const LINES = 1000;

/** Writes the time, in nanoseconds of the monotonic clock, on a line of its own, every 5 to 15 ms. */
const CLOCK = `import os, random, time
time.sleep(1)
for _ in range(${LINES}):
    os.write(1, b"%d\\n" % time.monotonic_ns())
    time.sleep(random.uniform(0.005, 0.015))
`;

/** How long ago each of the times in a piece of text was, in milliseconds. The last line may be cut. */
class Delays {
  readonly millis: number[] = [];
  #rest = "";

  take(text: string): void {
    const now = process.hrtime.bigint();
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) if (/^\d{9,19}\r?$/.test(line)) this.millis.push(Number(now - BigInt(line.trim())) / 1e6);
  }
}

/** From the writing of a line to its arrival at a reader of `/logtail`. */
async function tailDelays(kind: Kind): Promise<readonly number[]> {
  const program = `[program:clock]
command=python3 %(here)s/clock.py
autostart=false
autorestart=false
startsecs=0
stdout_logfile=%(here)s/clock.log
`;
  return withDaemon(kind, program, async (daemon) => {
    writeFileSync(join(daemon.folder, "clock.py"), CLOCK);
    writeFileSync(join(daemon.folder, "clock.log"), "");
    await daemon.call("supervisor.startProcess", "clock");
    const socket = connect({ port: daemon.port, host: "127.0.0.1" });
    const delays = new Delays();
    socket.on("data", (piece) => delays.take(piece.toString("latin1")));
    socket.write("GET /logtail/clock HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    while (delays.millis.length < LINES) await sleep(50);
    socket.destroy();
    return delays.millis;
  });
}

/** The same through nothing but a pipe. */
async function pipeDelays(): Promise<readonly number[]> {
  const child = spawn("python3", ["-c", CLOCK], { stdio: ["ignore", "pipe", "ignore"] });
  const delays = new Delays();
  child.stdout.on("data", (piece) => delays.take(piece.toString("latin1")));
  while (delays.millis.length < LINES) await sleep(50);
  return delays.millis;
}

/** Both rows look at the same lines. */
function delayRows(): readonly Row[] {
  let measured: Promise<Readonly<Record<Kind | "pipe", readonly number[]>>> | undefined;
  const measure = async () => {
    const supervisord = await tailDelays("supervisord");
    return { supervisord, taskmasterd: await tailDelays("taskmasterd"), pipe: await pipeDelays() };
  };
  return (
    [
      [50, 0.4],
      [99, 3],
    ] as const
  ).map(([percent, wanted]) => ({
    name: `tail-p${percent}`,
    work: `child's write to arrival on /logtail, a line every 5-15 ms, p${percent}`,
    unit: "ms",
    async measure() {
      measured ??= measure();
      const { supervisord, taskmasterd, pipe } = await measured;
      const taskmaster = percentile(taskmasterd, percent);
      return {
        taskmaster,
        supervisord: percentile(supervisord, percent),
        floor: percentile(pipe, percent),
        wanted: `<= ${wanted} ms`,
        isMet: taskmaster <= wanted,
      };
    },
  }));
}

const WRITERS = 20;
const EVENTS = 60_000;

/** Writes each line apart from the others, so that each becomes an event. */
const TALKER = `import os, time
time.sleep(1)
for n in range(${EVENTS / WRITERS}):
    os.write(1, b"line %06d\\n" % n)
    time.sleep(0.0005)
time.sleep(1000)
`;

/** Takes events, and notes how many lines and envelopes came within which time. */
const LISTENER = `import sys, time
lines = envelopes = 0
first = None
out, source = sys.stdout.buffer, sys.stdin.buffer
while lines < ${EVENTS}:
    out.write(b"READY\\n")
    out.flush()
    head = dict(word.split(b":") for word in source.readline().split())
    payload = source.read(int(head[b"len"]))
    first = first or time.monotonic()
    envelopes += 1
    lines += payload.count(b"\\n") - 1
    out.write(b"RESULT 2\\nOK")
    out.flush()
with open(sys.argv[1] + ".part", "w") as note:
    note.write("%d %f" % (envelopes, time.monotonic() - first))
import os
os.rename(sys.argv[1] + ".part", sys.argv[1])
time.sleep(1000)
`;

interface Listening {
  readonly eventsPerSecond: number;
  readonly cpuPerThousand: number;
}

async function listen(kind: Kind): Promise<Listening> {
  const programs = `[eventlistener:listener]
command=python3 %(here)s/listener.py %(here)s/heard
events=PROCESS_LOG
buffer_size=${EVENTS}
stdout_logfile=NONE
stderr_logfile=NONE
[program:talker]
command=python3 %(here)s/talker.py
numprocs=${WRITERS}
process_name=talker_%(process_num)02d
autostart=false
startsecs=0
stdout_events_enabled=true
stdout_logfile=NONE
stderr_logfile=NONE
`;
  return withDaemon(kind, programs, async (daemon) => {
    writeFileSync(join(daemon.folder, "talker.py"), TALKER);
    writeFileSync(join(daemon.folder, "listener.py"), LISTENER);
    // It was started before its script was there.
    await daemon.call("supervisor.stopProcess", "listener").catch(() => null);
    await daemon.call("supervisor.startProcess", "listener");
    const before = cpuSeconds(daemon.pid);
    await daemon.call("supervisor.startProcessGroup", "talker");
    while (!existsSync(join(daemon.folder, "heard"))) await sleep(50);
    const [envelopes = 0, seconds = 0] = readFileSync(join(daemon.folder, "heard"), "utf8").split(" ").map(Number);
    return {
      eventsPerSecond: envelopes / seconds,
      cpuPerThousand: ((cpuSeconds(daemon.pid) - before) * 1e6) / envelopes,
    };
  });
}

/** Both rows look at the same events. */
function listenerRows(): readonly Row[] {
  let measured: Promise<Readonly<Record<Kind, Listening>>> | undefined;
  const measure = async () => ({ supervisord: await listen("supervisord"), taskmasterd: await listen("taskmasterd") });
  const figure = async (key: keyof Listening) => {
    measured ??= measure();
    const { supervisord, taskmasterd } = await measured;
    return { supervisord: supervisord[key], taskmaster: taskmasterd[key], floor: null };
  };
  return [
    {
      name: "listener-speed",
      work: `${WRITERS} programs, a PROCESS_LOG event for each line, one listener`,
      unit: "/s",
      async measure() {
        const figures = await figure("eventsPerSecond");
        return { ...figures, wanted: ">= supervisord", isMet: figures.taskmaster >= figures.supervisord };
      },
    },
    {
      name: "listener-cpu",
      work: "the same: CPU of the daemon for 1,000 events",
      unit: "ms",
      async measure() {
        const figures = await figure("cpuPerThousand");
        return { ...figures, wanted: "<= 30 ms", isMet: figures.taskmaster <= 30 };
      },
    },
  ];
}

export const streamRows: readonly Row[] = [...delayRows(), ...listenerRows()];

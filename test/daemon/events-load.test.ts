import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { listenerCommand, readTranscript } from "../events/transcript.ts";
import { PYTHON } from "../support/python.ts";
import { TestDaemon } from "../support/test-daemon.ts";

let daemon: TestDaemon | null = null;
afterEach(async () => {
  await daemon?.stop();
  daemon = null;
});

const EVENTS = 20_000;
const DEADLINE_MS = 240_000;

/** Waits for something that takes long on a busy machine. */
async function eventually<Value>(probe: () => Value | null): Promise<Value> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const value = probe();
    if (value !== null) return value;
    if (performance.now() > deadline) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe("a listener", () => {
  it(
    `gets ${EVENTS} events of one program, complete and in order`,
    async () => {
      // The pauses let most lines be read, and so become an event, alone.
      const script = `import os, time\nfor n in range(${EVENTS}):\n  os.write(1, b"line %d\\n" % n)\n  time.sleep(0.0001)\ntime.sleep(1000)`;
      daemon = new TestDaemon(
        (folder) =>
          [
            "[eventlistener:l]",
            `command=${listenerCommand("plain", join(folder, "heard.json"))}`,
            "events=PROCESS_LOG",
            `buffer_size=${EVENTS}`,
            "stdout_logfile=NONE",
            "[program:p]",
            `command=${PYTHON} -u ${join(folder, "p.py")}`,
            "autostart=false",
            "stdout_logfile=NONE",
            "stdout_events_enabled=true",
            "",
          ].join("\n"),
        { file: "supervisord.conf", args: ["-e", "info"] },
      );
      writeFileSync(join(daemon.folder, "p.py"), script);
      const own = await daemon.start();
      await own.call("supervisor.startProcess", "p");
      const transcript = join(own.folder, "heard.json");
      const text = await eventually(() => {
        const said = readTranscript(transcript)
          .map(({ payload }) => payload.slice(payload.indexOf("\n") + 1))
          .join("");
        return said.endsWith(`line ${EVENTS - 1}\n`) ? said : null;
      });
      expect(text.split("\n").slice(0, -1)).toEqual(Array.from({ length: EVENTS }, (_, number) => `line ${number}`));
      expect(own.log).not.toContain("overflowed");
    },
    DEADLINE_MS + 30_000,
  );

  it(
    "that never reads neither slows a program that writes 100 MB, nor makes the daemon grow",
    async () => {
      daemon = new TestDaemon(
        (folder) =>
          [
            "[eventlistener:l]",
            "command=sh -c 'echo READY; exec sleep 1000'",
            "events=EVENT",
            "startsecs=0",
            "stdout_logfile=NONE",
            "[program:p]",
            `command=head -c 100000000 /dev/zero`,
            "autostart=false",
            "autorestart=false",
            "startsecs=0",
            `stdout_logfile=${join(folder, "p.out")}`,
            "stdout_logfile_maxbytes=0",
            "stdout_events_enabled=true",
            "",
          ].join("\n"),
        { file: "supervisord.conf", args: ["-e", "info"] },
      );
      const own = await daemon.start();
      await own.reach("l", "RUNNING");
      await own.call("supervisor.startProcess", "p");
      await eventually(() => (own.log.includes("exited: p (exit status 0; expected)") ? true : null));
      expect(statSync(join(own.folder, "p.out")).size).toBe(100_000_000);
      expect(residentBytes(own.pid)).toBeLessThan(250 * 1024 * 1024);
      expect((await own.info("l")).statename).toBe("RUNNING");
    },
    DEADLINE_MS + 30_000,
  );
});

function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

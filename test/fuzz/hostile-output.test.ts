import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RpcValue } from "../../src/rpc/value.ts";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";
import { asXmlCarries, hostileBytes } from "./hostile-text.ts";
import { rawCall } from "./raw-call.ts";
import { stringsByExpat, stringsBySax } from "./strict-xml.ts";

/** Names, commands and variables as no sane configuration has them. YAML reads the escapes as JSON does. */
const NAMES = [
  "a<b&c>\"d'",
  "]]>",
  "\u{1b}[31m",
  "\u{fffe}\u{1f600}",
  "\u{d800}half",
  "tab\tinside",
  "%s%n{}",
  "\u{7f}\u{85}\u{2028}.",
] as const;

const TEXT = "<&>']]>\u{1}\u{1b}\u{7f}\u{fffe}\u{ffff}\u{1f600}.";
const COMMAND = `/no/such/"${TEXT}\r\n"`;

let daemon: TestDaemon;

/** Every answer of the tests, all of which Python reads at the end, and the strings that sax found in it. */
const answers: Buffer[] = [];
const strings: (readonly string[])[] = [];

beforeAll(async () => {
  daemon = new TestDaemon(configuration());
  writeFileSync(join(daemon.folder, "writer.sh"), 'while read -r file; do cat "$file"; cat "$file" >&2; done\n');
  await daemon.start();
  await daemon.reach("writer", "RUNNING");
  await daemon.reach("echo", "RUNNING");
});

afterAll(() => daemon.stop());

function configuration(): string {
  const quoted = JSON.stringify;
  const hopeless = `{ cmd: ${quoted(COMMAND)}, starttime: 0, startretries: 0, env: { X: ${quoted(TEXT)} } }`;
  return `
daemon: { logfile: daemon.log, pidfile: daemon.pid, childlogdir: ., runtimedir: run, loglevel: debug, identifier: ${quoted(TEXT)} }
programs:
  writer: { cmd: sh writer.sh, workingdir: ., starttime: 0, stdout: out.log, stderr: err.log }
  echo: { cmd: cat, starttime: 0, stdout: echo.log }
${NAMES.map((name) => `  ${quoted(name)}: ${hopeless}`).join("\n")}
`;
}

/** @returns the strings of the answer, in order. */
async function call(method: string, ...parameters: readonly RpcValue[]): Promise<readonly string[]> {
  const answer = await rawCall(daemon.socket, method, parameters);
  const found = stringsBySax(answer);
  answers.push(answer);
  strings.push(found);
  return found;
}

function sizeOf(log: string): number {
  return statSync(join(daemon.folder, log)).size;
}

/** Lets the program write. @returns where in its logs the bytes begin. */
async function written(bytes: Buffer): Promise<number> {
  const start = sizeOf("out.log");
  writeFileSync(join(daemon.folder, "bytes"), bytes);
  await daemon.call("supervisor.sendProcessStdin", "writer", "bytes\n");
  for (const log of ["out.log", "err.log"]) await waitFor("the bytes", () => sizeOf(log) === start + bytes.length);
  return start;
}

const RUNS = { numRuns: 30 };

/** Each run waits for programs and reads their logs; thirty of them take a while where other tests run. */
const PATIENT = { timeout: 120_000 };

describe("whatever a program writes", () => {
  it("is read in slices that are counted in bytes", PATIENT, async () => {
    const slice = fc.record({ bytes: hostileBytes, from: fc.nat(20), length: fc.nat(40) });
    await fc.assert(
      fc.asyncProperty(slice, async ({ bytes, from, length }) => {
        const start = await written(bytes);
        for (const channel of ["Stdout", "Stderr"]) {
          const all = await call(`supervisor.readProcess${channel}Log`, "writer", start, 0);
          expect(all).toEqual([asXmlCarries(bytes.toString("utf8"))]);
          const part = await call(`supervisor.readProcess${channel}Log`, "writer", start + from, length);
          const wanted = bytes.subarray(from, length === 0 ? bytes.length : from + length);
          expect(part).toEqual([asXmlCarries(wanted.toString("utf8"))]);
        }
      }),
      RUNS,
    );
  });

  it("is followed by offsets that are counted in bytes", PATIENT, async () => {
    await fc.assert(
      fc.asyncProperty(hostileBytes, fc.nat(100), async (bytes, length) => {
        const end = (await written(bytes)) + bytes.length;
        for (const channel of ["Stdout", "Stderr"]) {
          const method = `supervisor.tailProcess${channel}Log`;
          const [text] = await call(method, "writer", 0, Math.min(length, bytes.length));
          expect(text).toBe(asXmlCarries(bytes.subarray(bytes.length - Math.min(length, bytes.length)).toString("utf8")));
          expect(answers.at(-1)?.toString()).toContain(`<value><int>${end}</int></value>\n<value><boolean>1</boolean></value>`);
        }
      }),
      RUNS,
    );
  });

  it("comes through the daemon's own log, which repeats it", PATIENT, async () => {
    await fc.assert(
      fc.asyncProperty(hostileBytes, fc.nat(50), async (bytes, cut) => {
        const start = sizeOf("daemon.log");
        await written(bytes);
        const log = readFileSync(join(daemon.folder, "daemon.log"));
        const [text] = await call("supervisor.readLog", start + cut, log.length - start - cut);
        expect(text).toBe(asXmlCarries(log.subarray(start + cut).toString("utf8")));
      }),
      RUNS,
    );
  });
});

describe("whatever a client sends to the stdin of a program", () => {
  it("comes as UTF-8, and back", PATIENT, async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", minLength: 1 }),
      hostileBytes.map((bytes) => bytes.toString("utf8")),
    );
    await fc.assert(
      fc.asyncProperty(text, async (sent) => {
        const start = sizeOf("echo.log");
        const carried = asXmlCarries(sent);
        await call("supervisor.sendProcessStdin", "echo", sent);
        await waitFor("the echo", () => sizeOf("echo.log") === start + Buffer.byteLength(carried));
        expect(await call("supervisor.readProcessStdoutLog", "echo", start, 0)).toEqual([carried]);
      }),
      RUNS,
    );
  });
});

describe("a hostile configuration", () => {
  it("is told as it is: names, commands, the reason why nothing runs, the identifier", async () => {
    const reason = /^can't find command "\/no\/such\/<&>'/;
    const processes = await waitFor("the daemon to give up", async () => {
      const told = await call("supervisor.getAllProcessInfo");
      return told.filter((text) => text === "FATAL").length === NAMES.length ? told : null;
    });
    // As spawn error and as description.
    expect(processes.filter((text) => reason.test(text))).toHaveLength(2 * NAMES.length);
    const configured = await call("supervisor.getAllConfigInfo");
    for (const name of NAMES) {
      expect(processes).toContain(asXmlCarries(name));
      expect(configured).toContain(asXmlCarries(name));
      // What XML cannot carry a client cannot say either.
      if (asXmlCarries(name) === name) expect(await call("supervisor.getProcessInfo", name)).toContain(name);
    }
    expect(configured).toContain(asXmlCarries(COMMAND));
    expect(await call("supervisor.getIdentification")).toEqual([asXmlCarries(TEXT)]);
  });
});

describe("whatever comes together", () => {
  it("is well-formed in one answer of many calls", PATIENT, async () => {
    await fc.assert(
      fc.asyncProperty(hostileBytes, hostileBytes, async (bytes, name) => {
        const start = await written(bytes);
        const bad = `no ${asXmlCarries(name.toString("utf8"))}`;
        const calls: readonly RpcValue[] = [
          { methodName: "supervisor.readProcessStdoutLog", params: ["writer", start, 0] },
          { methodName: "supervisor.tailProcessStderrLog", params: ["writer", 0, 10] },
          { methodName: "supervisor.readLog", params: [-300, 0] },
          { methodName: "supervisor.getProcessInfo", params: [bad] },
          { methodName: "supervisor.signalProcess", params: ["writer", bad] },
          { methodName: bad, params: [] },
          { methodName: "supervisor.getAllConfigInfo" },
        ];
        const found = await call("system.multicall", calls);
        expect(found[0]).toBe(asXmlCarries(bytes.toString("utf8")));
        expect(found).toContain(`BAD_NAME: ${bad}`);
        expect(found).toContain(`BAD_SIGNAL: ${bad}`);
      }),
      RUNS,
    );
  });
});

describe("another strict parser", () => {
  it("reads the same in all of these answers", () => {
    expect(answers.length).toBeGreaterThan(300);
    expect(stringsByExpat(answers)).toEqual(strings);
  });
});

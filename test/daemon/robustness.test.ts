import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";

let daemon: TestDaemon | null = null;

afterEach(async () => {
  await daemon?.stop();
  daemon = null;
});

const SLEEPER_INI = "[program:sleeper]\ncommand=sleep 600\nstartsecs=0\n";

/** Mistakes that people make, and what the daemon must say of each. */
const BROKEN_INI: readonly (readonly [string, RegExp])[] = [
  ["[program:x]\n", /program section program:x does not specify a command/],
  ["[program:x]\ncommand=x\nautostart=maybe\n", /not a valid boolean value: 'maybe'.*program:x/],
  ["[program:x]\ncommand=x\nstartsecs=1.5\n", /invalid literal for int\(\) with base 10: '1.5'/],
  ["[program:x]\ncommand=x\nnumprocs=2\n", /%\(process_num\) must be present within process_name when numprocs > 1/],
  ["[program:x]\ncommand=x\nstopsignal=NOPE\n", /value 'NOPE' is not a valid signal name/],
  ["[program:x]\ncommand=x\nexitcodes=0,x\n", /not a valid list of exit codes: '0,x'/],
  ["[program:x]\ncommand=x\nautorestart=sometimes\n", /invalid 'autorestart' value 'sometimes'/],
  ["[program:x]\ncommand=x\numask=999\n", /999 can not be converted to an octal type/],
  ["[program:x]\ncommand=x\nuser=nosuchuser\n", /Invalid user name nosuchuser/],
  [
    "[program:x]\ncommand=x\nstdout_logfile=/no/such/dir/x.log\n",
    /directory named as part of the path \/no\/such\/dir\/x.log does not exist/,
  ],
  ["[program:x]\ncommand=x\nenvironment=FOO\n", /Unexpected end of key\/value pairs in value 'FOO'/],
  ["[program:x]\ncommand=%(nope)s\n", /contains names \('nope'\) which cannot be expanded/],
  ["[program:x]\ncommand=100%\n", /is badly formatted/],
  ["[program:x y]\ncommand=x\n", /Invalid name: 'x y' because of character: ' '/],
  ["[program:x]\ncommand=x\nstopasgroup=true\nkillasgroup=false\n", /Cannot set stopasgroup=true and killasgroup=false/],
  ["[group:g]\nprograms=nope\n", /names unknown program or fcgi-program nope/],
  ["[eventlistener:e]\ncommand=x\n", /requires an "events" line/],
  ["[eventlistener:e]\ncommand=x\nevents=NOPE\n", /Unknown event type NOPE/],
  ["[fcgi-program:f]\ncommand=x\n", /requires a "socket" line/],
  ["garbage line\n", /Source contains parsing errors/],
];

const BROKEN_YAML: readonly (readonly [string, RegExp])[] = [
  ["programs: [", /:\d+:\d+|flow/i],
  ["programs: { x: {} }", /cmd/],
  ["programs: { x: { cmd: x, cdm: y } }", /cdm.*cmd/s],
  ["programs: { x: { cmd: x, numprocs: -1 } }", /cannot use .*-1.* for numprocs/],
  ["programs: { x: { cmd: x, umask: 9 } }", /cannot use .*9.* for umask/],
  ["programs: { x: { cmd: x, autorestart: sometimes } }", /cannot use .*sometimes.* for autorestart/],
  ["programs: { x: { cmd: x, exitcodes: [300] } }", /cannot use .*300.* for exitcodes/],
  ["programs: { x: { cmd: x, stopsignal: NOPE } }", /cannot use .*NOPE.* for stopsignal/],
  ["programs: { x: { cmd: x, starttime: soon } }", /cannot use .*soon.* for starttime/],
  ["programs: { x: { cmd: x, env: 3 } }", /env/],
  ["programs: { x: { cmd: x, user: nosuchuser } }", /nosuchuser/],
  ["programs: { x: { cmd: 'echo $" + "{NOT_SET_ANYWHERE}' } }", /NOT_SET_ANYWHERE/],
  ["programs: { 'a:b': { cmd: x } }", /a:b/],
  ["programs: { x: { cmd: x, cmd: y } }", /cmd/],
  ["groups: { g: { programs: [nope] } }\nprograms: {}", /nope/],
  ["http: { inet: { port: 0.0.0.0:9001 } }\nprograms: {}", /password|username/],
  ["a: &a [1]\nprograms: *b", /b/],
  ["prgrams: {}", /prgrams.*programs/s],
];

describe("a daemon whose configuration is broken in any of many ways", () => {
  it("says what is wrong and where, and its programs run on (INI)", async () => {
    const own = await new TestDaemon(SLEEPER_INI, { file: "supervisord.conf" }).start();
    daemon = own;
    const { pid } = await own.reach("sleeper", "RUNNING");
    for (const [text, message] of BROKEN_INI) {
      own.configure(SLEEPER_INI + text);
      await expectRefusal(own, message);
    }
    rmSync(own.configPath);
    await expectRefusal(own, /could not find config file/);
    mkdirSync(own.configPath);
    await expectRefusal(own, /could not read config file/);
    expect((await own.info("sleeper")).pid).toBe(pid);
  });

  it("says what is wrong and where, and its programs run on (YAML)", async () => {
    const own = await new TestDaemon("programs: { sleeper: { cmd: sleep 600, starttime: 0 } }\n").start();
    daemon = own;
    const { pid } = await own.reach("sleeper", "RUNNING");
    for (const [text, message] of BROKEN_YAML) {
      own.configure(text);
      await expectRefusal(own, message);
      expect(
        own.log
          .trimEnd()
          .split("\n")
          .findLast((line) => line.includes(" ERRO cannot read")),
      ).toMatch(/taskmaster\.yaml:\d+:\d+: /);
    }
    expect((await own.info("sleeper")).pid).toBe(pid);
  });
});

describe("a daemon that is sent garbage", () => {
  const oversized = `POST /RPC2 HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n`;
  const deep = `<?xml version="1.0"?><methodCall><methodName>supervisor.getState</methodName><params>${"<param><value><array><data>".repeat(5000)}`;

  it.each([
    ["random bytes", Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256))],
    ["half a request", Buffer.from("POST /RPC2 HTTP/1.1\r\nContent-Le")],
    ["a body that is too large to be true", Buffer.from(oversized)],
    ["deep nesting", post(deep)],
    [
      "an entity bomb",
      post('<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><methodCall><methodName>&b;</methodName></methodCall>'),
    ],
    ["__proto__", post("<methodCall><methodName>supervisor.__proto__</methodName></methodCall>")],
    ["a header without end", Buffer.from(`GET / HTTP/1.1\r\nX: ${"y".repeat(200_000)}`)],
    ["no XML", post("hello")],
  ])("answers the next client as before (%s)", async (_name, bytes) => {
    const own = await new TestDaemon("programs: { sleeper: { cmd: sleep 600, starttime: 0 } }\n").start();
    daemon = own;
    const { pid } = await own.reach("sleeper", "RUNNING");
    const socket = connect(own.socket);
    socket.on("error", () => {});
    socket.write(bytes);
    await Promise.race([
      new Promise((resolve) => socket.once("data", resolve)),
      new Promise((resolve) => socket.once("close", resolve)),
      sleep(500),
    ]);
    expect((await own.info("sleeper")).pid).toBe(pid);
    socket.destroy();
    expect((await own.info("sleeper")).pid).toBe(pid);
  });
});

describe.runIf(process.getuid?.() === 0 && canMount())("a daemon whose logs fill the disk", () => {
  it("keeps its programs running, says what and where, and loses nothing once there is room", async () => {
    const own = new TestDaemon(
      "programs:\n  talker: { cmd: sh talk.sh, workingdir: ., starttime: 0, stdout: disk/out, stdout_logfile_maxbytes: 0 }\n  sleeper: { cmd: sleep 600, starttime: 0 }\n",
    );
    daemon = own;
    const disk = join(own.folder, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk]);
    try {
      writeFileSync(join(disk, "ballast"), Buffer.alloc(128 * 1024));
      writeFileSync(
        join(own.folder, "talk.sh"),
        'i=0; while [ $i -lt 20000 ]; do echo "this is line $i"; i=$((i+1)); done; echo done >&2; exec sleep 600\n',
      );
      await own.start();
      await waitFor("the report", () => /(WARN|ERRO|CRIT) .*disk\/out.*ENOSPC/.test(own.log));
      expect((await own.reach("sleeper", "RUNNING")).statename).toBe("RUNNING");
      expect((await own.info("talker")).statename).toBe("RUNNING");
      rmSync(join(disk, "ballast"));
      execFileSync("mount", ["-o", "remount,size=8m", disk]);
      const wanted = Array.from({ length: 20_000 }, (_, index) => `this is line ${index}\n`).join("");
      await waitFor("all lines", () => statSync(join(disk, "out")).size === wanted.length);
      expect(own.read("disk/out")).toBe(wanted);
    } finally {
      await own.call("supervisor.shutdown").catch(() => {});
      await own.left();
      execFileSync("umount", [disk]);
    }
  });
});

async function expectRefusal(own: TestDaemon, message: RegExp): Promise<void> {
  const refusal = await own.call("supervisor.reloadConfig").then(
    (answer) => `accepted: ${JSON.stringify(answer)}`,
    (error: { faultString?: string }) => String(error.faultString),
  );
  expect(refusal).toMatch(/^CANT_REREAD: /);
  expect(refusal).toMatch(message);
}

function post(body: string): Buffer {
  return Buffer.from(`POST /RPC2 HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** Containers may refuse it, even to root. */
function canMount(): boolean {
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClientOutcome, runClient, SUPERVISORCTL, TASKMASTERCTL } from "./clients.ts";
import { type Oracle, startOracle } from "./oracle.ts";
import { type RealSupervisord, startSupervisord } from "./real-supervisord.ts";

const PROGRAMS = `
[program:cat]
command=/bin/cat
startsecs=0
[program:never]
command=/bin/cat
autostart=false
startsecs=0
[program:nofile]
command=/does/not/exist
autostart=false
[program:noexec]
command=/etc/passwd
autostart=false
[program:crasher]
command=/bin/sh -c "exit 3"
startsecs=1
startretries=0
autostart=false
[program:fatal]
command=/bin/sh -c "exit 3"
startsecs=1
startretries=0
[program:done]
command=/bin/sleep 3
startsecs=0
autorestart=false
[program:many]
command=/bin/sh -c 'echo hello; echo trouble >&2; exec sleep 1000'
process_name=%(program_name)s_%(process_num)02d
numprocs=2
startsecs=0
[program:a_program_with_a_name_longer_than_thirty_columns]
command=/bin/sleep 1000
startsecs=0
[program:nolog]
command=/bin/sleep 1000
stdout_logfile=NONE
redirect_stderr=true
startsecs=0
[program:a]
command=/bin/sleep 1000
startsecs=0
[program:b]
command=/bin/sleep 1000
startsecs=0
[group:g]
programs=a,b
`;

let daemon: RealSupervisord;
let oracle: Oracle;

beforeAll(async () => {
  daemon = await startSupervisord(PROGRAMS);
  oracle = startOracle();
  await daemon.settle((statuses) => /^fatal +FATAL/m.test(statuses) && /^done +EXITED/m.test(statuses));
});

afterAll(async () => {
  oracle.stop();
  await daemon.stop();
});

type Program = (words: readonly string[], options?: { readonly input?: string }) => Promise<ClientOutcome>;

const taskmasterctl: Program = (words, options) => runClient(TASKMASTERCTL, words, options);
const supervisorctl: Program = (words, options) => oracle.run(words, options?.input);

/** Words of a command line, split at blanks. */
type Line = string;

describe.concurrent("a command that changes nothing", () => {
  const lines: readonly Line[] = [
    "status",
    "status cat",
    "status all",
    "status many:*",
    "status g: cat never",
    "status never zz zz:* zz:a",
    "status zz cat",
    "status fatal",
    "status cat g:a",
    "status; cat",
    "status a b g:c many",
    "avail",
    "version",
    "pid",
    "pid all",
    "pid cat never zz",
    "pid zz never",
    "pid g:*",
    "tail many:many_00",
    "tail -3 many:many_00",
    "tail -0 many:many_00",
    "tail --2 many:many_00",
    "tail -1_0 many:many_00",
    "tail many:many_01 stderr",
    "tail many:many_01 STDERR",
    "tail nolog",
    "tail nolog stderr",
    "tail zz",
    "tail many:*",
    "tail -f",
    "tail -5",
    "tail -x cat",
    "tail cat foo",
    "tail cat f'o",
    "tail a b c",
    "tail -f zz",
    "tail -f nolog",
    "maintail a",
    "maintail -x",
    "signal 0 cat",
    "signal FOO cat",
    "signal FOO g:*",
    "signal FOO all",
    "signal HUP zz zz:* never",
    "start zz zz:*",
    "start cat g:* many:many_00",
    "start zz: cat",
    "start nofile noexec",
    "start g:* never:x",
    "stop zz zz:* never g:zz",
    "stop never: never",
    "fg a b",
    "fg zz",
    "fg never",
    "fg g:*",
    "add",
    "remove",
    "add cat zz",
    "add zz cat",
    "remove cat zz",
    "reread",
    "update",
    "update zz",
    "update all",
    "open foo",
    "open http://127.0.0.1:1",
    "open unix:///does/not/exist",
    "open unix:",
    "exit",
    "quit now",
    "EOF",
    "help zz",
    "help a b",
    "bogus",
    "!ls",
    "#",
    "-s http://127.0.0.1:1 status",
    "-s http://127.0.0.1:1 version",
    "-s http://127.0.0.1:1 start cat",
    "-s http://127.0.0.1:1 restart cat",
    "-s http://127.0.0.1:1 shutdown",
    "-s http://127.0.0.1:1 avail",
    "-s http://127.0.0.1:1 pid",
    "-s unix:///does/not/exist status",
    "-s unix:///does/not/exist version",
    "-s unix:///does/not/exist shutdown",
    "-s unix:///does/not/exist avail",
    "-s unix:///does/not/exist update",
    "-s ftp://localhost:1 version",
    "-s HTTP://localhost:1 version",
    "--server=unix:///does/not/exist version",
    "-i version",
    "-iu user version",
    "-- version",
  ];

  it.each(lines)("%s", async (line) => {
    const words = ["-c", daemon.configuration, ...line.split(" ")];
    const theirs = await supervisorctl(words);
    const ours = await taskmasterctl(words);
    expect(normalised(ours)).toEqual(normalised(theirs));
  });

  it("an empty action", async () => {
    const theirs = await supervisorctl(["-c", daemon.configuration, ""]);
    expect(await taskmasterctl(["-c", daemon.configuration, ""])).toEqual(theirs);
  });
});

describe.concurrent("a server that wants a login", () => {
  it.each([
    "-u user -p secret status cat",
    "-u user -p secret -i version",
    "-u user -p secret tail -f zz",
    "-u user -p wrong version",
    "-u user -p wrong avail",
    "status",
    "update",
  ])("%s", async (line) => {
    const words = ["-c", daemon.configuration, "-s", daemon.inetUrl, ...line.split(" ")];
    const theirs = await supervisorctl(words);
    const ours = await taskmasterctl(words);
    expect(normalised(ours)).toEqual(normalised(theirs));
  });
});

describe.concurrent("a mistake on the command line", () => {
  it.each([
    "-x",
    "--foo",
    "--conf",
    "-c",
    "--interactive=3",
    "--h",
    "--s=foo",
    "-s foo",
    "-s unix://",
    "-s http:// status",
    "-i -i status",
    "-u a --user=b status",
    "-c /nope.conf status",
    "--history-file=x version",
    "-v",
  ])("%s", async (line) => {
    const theirs = await supervisorctl(line.split(" "));
    const ours = await taskmasterctl(line.split(" "));
    expect(ours).toEqual({ ...theirs, stderr: theirs.stderr.replaceAll(SUPERVISORCTL, TASKMASTERCTL) });
  });
});

describe.concurrent("a command whose help is printed", () => {
  it.each([
    "start",
    "stop",
    "restart",
    "signal",
    "signal HUP",
    "clear",
    "tail",
    "tail a b c d",
    "maintail a b",
    "fg",
    "avail x",
    "reread x",
    "shutdown x",
    "reload x",
    "version x",
  ])("%s: the same complaint and exit status", async (line) => {
    const words = ["-c", daemon.configuration, ...line.split(" ")];
    const theirs = await supervisorctl(words);
    const ours = await taskmasterctl(words);
    expect(ours.stdout.split("\n")[0]).toBe(theirs.stdout.split("\n")[0]);
    expect([ours.status, ours.stderr]).toEqual([theirs.status, theirs.stderr]);
  });
});

describe("a sequence of commands", () => {
  it.each<readonly [string, readonly Line[]]>([
    ["starting and stopping one", ["start never", "start never", "status never", "stop never never", "status never"]],
    ["restarting", ["restart cat", "restart never", "stop never", "restart zz", "restart zz:* cat"]],
    ["a group", ["stop g:*", "stop g:*", "start g:a", "start g:*", "restart g:*", "signal 0 g:*"]],
    ["processes that fail to start", ["start crasher", "restart fatal", "start done", "stop fatal done"]],
    ["logs", ["clear zz cat g:*", "clear all", "tail many:many_00", "clear never nolog"]],
    ["signals", ["signal CONT cat many:*", "signal cont all", "signal 18 g:a never"]],
  ])("%s", async (_name, lines) => {
    const theirs = await runLines(supervisorctl, lines);
    const ours = await runLines(taskmasterctl, lines);
    expect(ours).toEqual(theirs);
  });

  it("a configuration that changes", async () => {
    const changed = PROGRAMS.replace("[program:never]\ncommand=/bin/cat", "[program:never]\ncommand=/bin/cat -u")
      .replace("programs=a,b", "programs=a,b\npriority=5")
      .replace("[program:nolog]", "[program:newcomer]");
    const run = async (program: Program) => {
      daemon.configure(changed);
      const outcomes = await runLines(program, ["reread", "avail", "update newcomer zz", "reread", "update", "reread", "status"]);
      daemon.configure(PROGRAMS);
      const back = await runLines(program, [
        "reread",
        "remove newcomer",
        "stop newcomer",
        "remove newcomer",
        "add nolog nolog",
        "update all",
        "status",
      ]);
      return [...outcomes, ...back];
    };
    const theirs = await run(supervisorctl);
    expect(await run(taskmasterctl)).toEqual(theirs);
  }, 90_000);

  it("a configuration that is wrong", async () => {
    daemon.configure(PROGRAMS.replace("numprocs=2", "numprocs=two"));
    const lines = ["reread", "update", "update cat"];
    const theirs = await runLines(supervisorctl, lines);
    const ours = await runLines(taskmasterctl, lines);
    daemon.configure(PROGRAMS);
    expect(ours).toEqual(theirs);
  });
});

describe("a shell whose input is a pipe", () => {
  it.each([
    "version\n\n  pid never\nfoo\n? zz\nexit\nversion\n",
    "status cat\npid",
    "shutdown\nn\nreload\nNo\nopen http://127.0.0.1:1\nversion\nquit\n",
    "",
  ])("%j", async (input) => {
    const theirs = await supervisorctl(["-c", daemon.configuration], { input });
    const ours = await taskmasterctl(["-c", daemon.configuration], { input });
    expect(normalised(ours)).toEqual(normalised(theirs));
  });

  it.each(["y\n", "n\n", ""])("asks before a reload when told to: %j", async (answer) => {
    const words = ["-i", "-c", daemon.configuration, "-s", "http://127.0.0.1:1", "reload"];
    const theirs = await supervisorctl(words, { input: answer });
    const ours = await taskmasterctl(words, { input: answer });
    expect(normalised(ours)).toEqual(normalised(theirs));
  });
});

/** The last of all: it ends the daemon. */
describe("a daemon that shuts down", () => {
  it("refuses what is asked of it", async () => {
    const lines = ["status", "avail", "reread", "update", "add cat", "remove cat", "reload", "shutdown", "start cat", "pid"];
    const theirs: ClientOutcome[] = [];
    const ours: ClientOutcome[] = [];
    daemon.configure(`${PROGRAMS}
[program:slow]
command=/bin/sh -c "trap '' TERM; echo $$ >slow.pid; while :; do sleep 1; done"
startsecs=0
stopwaitsecs=1000
`);
    const [, shutDown] = await runLines(taskmasterctl, ["update slow", "shutdown"]);
    expect(shutDown).toEqual({ stdout: "Shut down\n", stderr: "", status: 0 });
    for (const line of lines) {
      theirs.push(...(await runLines(supervisorctl, [line])));
      ours.push(...(await runLines(taskmasterctl, [line])));
    }
    process.kill(Number(readFileSync(join(daemon.folder, "slow.pid"), "utf8")), "SIGKILL");
    expect(ours).toEqual(theirs);
  }, 60_000);
});

async function runLines(program: Program, lines: readonly Line[]): Promise<readonly ClientOutcome[]> {
  const outcomes: ClientOutcome[] = [];
  for (const line of lines) {
    outcomes.push(normalised(await program(["-c", daemon.configuration, ...line.split(" ")])));
  }
  return outcomes;
}

/** Processes that stop together end in any order. */
function inOrder(lines: string): string {
  return lines
    .split(/(?<=\n)/)
    .toSorted()
    .join("");
}

/** Leaves out what differs between two runs of the same client, and what in an error line is about a Python program. */
function normalised({ stdout, stderr, status }: ClientOutcome): ClientOutcome {
  const text = stdout
    .replace(/pid \d+, uptime \d+:\d\d:\d\d/g, "pid N, uptime T")
    .replace(/^(g:\w+: stopped\n)+/m, inOrder)
    .replace(/^[1-9]\d*$/gm, "PID")
    .replace(/[A-Z][a-z]{2} \d\d \d\d:\d\d [AP]M/g, "DATE")
    .replace(/error: <class '[^']*'>, (.*): file: .* line: \d+$/gm, "error: $1");
  return { stdout: text, stderr, status };
}

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isInstalled } from "../test/support/tools.ts";
import { Peer, type Printed } from "./support/peer.ts";

const HEAD = `
[supervisord]
logfile=%(here)s/daemon.log
pidfile=%(here)s/daemon.pid
childlogdir=%(here)s/logs
[unix_http_server]
file=%(here)s/s.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://%(here)s/s.sock
`;

const PROGRAMS = `
[program:cat]
command=/bin/cat
priority=10
[program:many]
command=/bin/sleep 1000
numprocs=2
process_name=%(program_name)s_%(process_num)02d
redirect_stderr=true
stdout_logfile=%(here)s/many_%(process_num)d.log
[program:a]
command=/bin/sleep 1001
[program:b]
command=/bin/sleep 1002
stopsignal=INT
[group:g]
programs=a,b
priority=5
[program:crasher]
command=/bin/sh -c "sleep 1.5; exit 3"
autorestart=false
[program:fatal]
command=/bin/sh -c "exit 4"
startretries=1
[program:nofile]
command=/no/such/program --flag
startretries=0
[program:noexec]
command=/etc/passwd
startretries=0
[program:manual]
command=/bin/sleep 1003
autostart=false
[program:loud]
command=/bin/sh -c "echo first line; echo second line; echo trouble >&2; exec sleep 1004"
stdout_logfile=%(here)s/loud.out
stderr_logfile=%(here)s/loud.err
[program:stubborn]
command=/bin/sh -c "trap '' TERM; while :; do sleep 1; done"
stopwaitsecs=1
killasgroup=true
[program:silent]
command=/bin/sleep 1005
stdout_logfile=NONE
stderr_logfile=NONE
`;

const CHANGED = PROGRAMS.replace("command=/bin/sleep 1003\nautostart=false", "command=/bin/sleep 2003")
  .replace("[program:silent]\ncommand=/bin/sleep 1005\nstdout_logfile=NONE\nstderr_logfile=NONE\n", "")
  .concat("[program:newcomer]\ncommand=/bin/sleep 1006\n");

/** Commands in the order in which they are run; a function does something to both peers between them. */
const STORY: readonly (string | ((peer: Peer) => Promise<void> | void))[] = [
  (peer) => peer.settle(),
  "status",
  "status all",
  "status cat",
  "status g:*",
  "status g:a many:*",
  "status nope",
  "status g:nope nope:*",
  "pid nope",
  "pid manual",
  "avail",
  "start",
  "start manual",
  "start manual",
  "start nope",
  "start g:*",
  "start nope:*",
  "start fatal",
  (peer) => peer.settle(),
  "start nofile",
  "start noexec",
  "stop manual",
  "stop manual",
  "stop nope nope:*",
  "stop g:*",
  "stop g:*",
  "status g:*",
  "start g:a g:b",
  "restart cat",
  "restart manual",
  "restart g:*",
  "restart nope",
  "stop stubborn",
  "start stubborn",
  "signal USR1",
  "signal HUP manual",
  "signal NOPE cat",
  "signal 0 cat",
  "signal HUP nope",
  "signal CONT g:*",
  "signal CONT all",
  (peer) => peer.settle(),
  "status",
  "tail loud",
  "tail -5 loud",
  "tail -0 loud stderr",
  "tail loud stderr",
  "tail loud nochannel",
  "tail nope",
  "tail silent",
  "tail many:many_00 stderr",
  "tail",
  "clear loud",
  "tail loud",
  "clear nope",
  "clear",
  "reread",
  "update",
  "add nope",
  "add cat",
  "remove cat",
  "remove nope",
  "version",
  "help",
  "help start",
  "bogus",
  "shutdown now",
  (peer) => peer.configure(HEAD + CHANGED),
  "reread",
  "reread",
  "avail",
  "update nope",
  "update manual",
  "reread",
  "update",
  "update",
  (peer) => peer.settle(),
  "status",
  "stop newcomer",
  "remove newcomer",
  "status newcomer",
  "add newcomer",
  (peer) => peer.settle(),
  "status",
  (peer) => peer.configure(`${HEAD}${CHANGED}autostart=maybe\n`),
  "reread",
  "update",
  (peer) => peer.configure(HEAD + PROGRAMS),
  "reload",
  (peer) => peer.settle(),
  "status",
  "stop all",
  "status",
  "start all",
  (peer) => peer.settle(),
  "status",
  "shutdown",
];

describe.skipIf(!isInstalled("supervisord"))("the real supervisorctl", () => {
  const peers = { original: new Peer("supervisord"), ours: new Peer("taskmasterd") };
  const both = Object.values(peers);

  beforeAll(async () => {
    for (const peer of both) peer.configure(HEAD + PROGRAMS);
    await Promise.all(both.map((peer) => peer.start()));
  });

  afterAll(() => Promise.all(both.map((peer) => peer.stop())));

  it("prints the same with taskmasterd as with supervisord, command by command", { timeout: 600_000 }, async () => {
    for (const [index, step] of STORY.entries()) {
      if (typeof step === "function") {
        await Promise.all(both.map(step));
        continue;
      }
      const words = step.split(" ");
      const [original, ours] = (await Promise.all([peers.original.run(words), peers.ours.run(words)])).map(
        actsOnMany(words) ? sortLines : (printed) => printed,
      );
      expect(ours, `step ${index}: supervisorctl ${step}`).toEqual(original);
    }
    expect(await peers.ours.gone()).toBe(0);
  });
});

/** Processes that stop or start together are named in the order in which they finish, which chance decides. */
function actsOnMany([action = "", ...names]: readonly string[]): boolean {
  return ["start", "stop", "restart"].includes(action) && names.some((name) => name === "all" || name.endsWith(":*"));
}

function sortLines(printed: Printed): Printed {
  return { ...printed, stdout: printed.stdout.split("\n").sort().join("\n") };
}

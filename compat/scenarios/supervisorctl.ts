import { type Step, scenario, type World } from "../engine/step.ts";
import { anyOrder, ctl } from "../steps/client.ts";
import { edit, file } from "../steps/files.ts";
import { logged } from "../steps/log.ts";
import { left, reach, settled } from "../steps/processes.ts";

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
command=/bin/sh -c "sleep 5; exit 3"
autorestart=false
[program:fatal]
command=/bin/sh -c "exit 4"
startretries=1
startsecs=20
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
command=/bin/sh -c "trap '' TERM; echo up >%(here)s/stubborn.up; while :; do sleep 1; done"
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

/** Command lines, one after the other. */
function lines(...commands: readonly string[]): readonly Step[] {
  return commands.map((command) => (actsOnMany(command.split(" ")) ? anyOrder(ctl(command)) : ctl(command)));
}

/** Processes that stop or start together are named in the order in which they finish, which chance decides. */
function actsOnMany([action = "", ...names]: readonly string[]): boolean {
  return ["start", "stop", "restart"].includes(action) && names.some((name) => name === "all" || name.endsWith(":*"));
}

/** What fails or ends by itself has done so. */
const ready: readonly Step[] = [reach("crasher", "EXITED"), reach("fatal", "FATAL"), reach("nofile", "FATAL"), settled];

/** The real supervisorctl, command by command. */
export const supervisorctl: World = {
  name: "supervisorctl",
  client: "supervisorctl",
  configuration: PROGRAMS,
  scenarios: [
    scenario(
      "status and its exit codes",
      ...ready,
      ...lines("status", "status all", "status cat", "status g:*", "status g:a many:*", "status nope", "status g:nope nope:*"),
    ),
    scenario("pid and avail", ...lines("pid nope", "pid manual", "avail")),
    scenario(
      "start",
      ...lines("start", "start manual", "start manual", "start nope", "start g:*", "start nope:*", "start fatal"),
      ...ready,
      ...lines("start nofile", "start noexec"),
    ),
    scenario(
      "stop",
      ...lines("stop", "stop manual", "stop manual", "stop nope nope:*", "stop g:*", "stop g:*", "status g:*", "start g:a g:b"),
    ),
    scenario("restart", ...lines("restart", "restart cat", "restart manual", "restart g:*", "restart nope")),
    scenario("a stop that has to kill", file("stubborn.up", "up"), ...lines("stop stubborn", "start stubborn")),
    scenario(
      "signal",
      ...lines(
        "signal",
        "signal USR1",
        "signal HUP manual",
        "signal NOPE cat",
        "signal 0 cat",
        "signal HUP nope",
        "signal CONT g:*",
        "signal CONT all",
      ),
      // SIGHUP has ended it, and it comes again.
      reach("manual", "RUNNING"),
      ...lines("status"),
    ),
    scenario(
      "tail",
      ...lines(
        "tail loud",
        "tail -5 loud",
        "tail -0 loud stderr",
        "tail loud stderr",
        "tail loud nochannel",
        "tail nope",
        "tail silent",
        "tail many:many_00 stderr",
        "tail",
      ),
    ),
    scenario("clear", ...lines("clear loud", "tail loud", "clear nope", "clear", "clear all")),
    scenario("add and remove", ...lines("reread", "update", "add nope", "add cat", "remove cat", "remove nope", "add", "remove")),
    scenario("what needs no daemon", ...lines("version", "help", "help start", "bogus", "shutdown now", "open nonsense")),
    scenario(
      "reread and update",
      edit("a new, a changed and a removed program", CHANGED),
      ...lines("reread", "reread", "avail", "update nope", "update manual", "reread", "update", "update"),
      settled,
      ...lines("status"),
    ),
    scenario(
      "a group that is removed and added",
      ...lines("stop newcomer", "remove newcomer", "status newcomer", "add newcomer"),
      settled,
      ...lines("status"),
    ),
    scenario("a configuration that is wrong", edit("a bad value", `${CHANGED}autostart=maybe\n`), ...lines("reread", "update")),
    scenario(
      "reload",
      edit("as it was", PROGRAMS),
      ...lines("reload"),
      logged("supervisord started with pid", 2),
      ...ready,
      ...lines("status"),
    ),
    scenario("all at once", ...lines("stop all", "status", "start all"), ...ready, ...lines("status")),
    scenario("shutdown", ...lines("shutdown"), left, ...lines("status", "pid", "shutdown", "reread")),
  ],
};

import { scenario, type World } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { begin, call, finish, unordered } from "../steps/call.ts";
import { file, remove } from "../steps/files.ts";
import { log } from "../steps/log.ts";
import { reach, settled, states } from "../steps/processes.ts";

/** Processes that are started and stopped by hand. */
const PROGRAMS = `[program:cat]
command=/bin/cat
autostart=false
startsecs=0
[program:slow]
command=/bin/sleep 1000
autostart=false
startsecs=2
[program:slower]
command=/bin/sleep 1000
autostart=false
startsecs=8
[program:web]
command=/bin/sleep 1000
numprocs=2
process_name=web_%(process_num)d
autostart=false
startsecs=0
[program:a]
command=/bin/sleep 1000
autostart=false
startsecs=0
priority=20
[program:b]
command=/bin/sleep 1000
autostart=false
startsecs=0
priority=10
[group:g]
programs=a,b
[program:nofile]
command=/no/such/program --flag
autostart=false
[program:noexec]
command=/etc/passwd
autostart=false
[program:folder]
command=/etc
autostart=false
[program:nopath]
command=no-such-program-on-the-path
autostart=false
[program:unquoted]
command=/bin/sh -c "oops
autostart=false
[program:crash]
command=/bin/sh -c "sleep 0.5; exit 3"
autostart=false
startsecs=20
startretries=0
[program:brief]
command=/bin/sh -c "sleep 0.5; exit 0"
autostart=false
autorestart=false
startsecs=0
[program:early]
command=/bin/sh -c "sleep 0.5; exit 0"
autostart=false
startsecs=20
startretries=0
[program:stubborn]
command=/bin/sh -c "trap '' TERM; echo up >%(here)s/stubborn.up; while :; do sleep 0.1; done"
autostart=false
startsecs=0
stopwaitsecs=2
killasgroup=true
`;

export const processControl: World = {
  name: "process control",
  configuration: PROGRAMS,
  scenarios: [
    scenario("a process that was never started", call("getProcessInfo", "cat"), states("cat", "web:web_0", "g:a")),
    scenario("a process by its names", call("getProcessInfo", "cat:cat"), call("getProcessInfo", "web:web_1")),
    scenario(
      "a name that is none",
      ...["nope", "web", "g:*", "g:", ":", "*", "*:*", "", "web:web_0:x", "g:nope", "cat:"].map((name) =>
        call("getProcessInfo", name),
      ),
    ),
    scenario(
      "a bare name in a group of another name",
      ...["a", "web_0"].map((name) => differs("bare names", new RegExp(`^name: '${name}'$`, "m"), call("getProcessInfo", name))),
    ),
    scenario("all processes", call("getAllProcessInfo")),
    scenario("startProcess", call("startProcess", "cat"), call("getProcessInfo", "cat"), call("startProcess", "cat")),
    scenario("stopProcess", call("stopProcess", "cat"), call("getProcessInfo", "cat"), call("stopProcess", "cat")),
    scenario(
      "startProcess with names that are none",
      ...["nope", "web", "nope:*", "g:nope", "*"].map((name) => call("startProcess", name)),
    ),
    scenario(
      "stopProcess with names that are none",
      ...["nope", "web", "nope:*", "g:nope", "*"].map((name) => call("stopProcess", name)),
    ),
    scenario(
      "startProcess of a command that is not there",
      call("startProcess", "nofile"),
      call("startProcess", "nofile", false),
    ),
    scenario("startProcess of a command that is not on the path", call("startProcess", "nopath")),
    scenario("startProcess of a file that is no program", call("startProcess", "noexec"), call("getProcessInfo", "noexec")),
    scenario("startProcess of a folder", call("startProcess", "folder")),
    scenario("startProcess of a command that cannot be read", call("startProcess", "unquoted")),
    scenario("startProcess without waiting", call("startProcess", "slow", false), states("slow"), call("startProcess", "slow")),
    scenario(
      "startProcess that waits",
      reach("slow", "RUNNING"),
      call("stopProcess", "slow"),
      call("startProcess", "slow"),
      states("slow"),
    ),
    scenario(
      "stopProcess of one that is starting",
      call("stopProcess", "slower"),
      call("startProcess", "slower", false),
      call("stopProcess", "slower"),
      states("slower"),
    ),
    scenario(
      "startProcess of one that ends too soon",
      call("startProcess", "crash"),
      reach("crash", "FATAL"),
      call("getProcessInfo", "crash"),
    ),
    scenario(
      "startProcess again of one that failed",
      call("startProcess", "crash", false),
      reach("crash", "FATAL"),
      call("stopProcess", "crash"),
    ),
    scenario(
      "startProcess of one that ends well but too soon",
      call("startProcess", "early"),
      reach("early", "FATAL"),
      states("early"),
    ),
    scenario(
      "startProcess of one that ends at once and may",
      call("startProcess", "brief"),
      reach("brief", "EXITED"),
      call("getProcessInfo", "brief"),
    ),
    scenario("stopProcess of one that has exited", call("stopProcess", "brief")),
    scenario(
      "startProcess that is stopped meanwhile",
      begin("start", call("startProcess", "slower")),
      reach("slower", "STARTING"),
      call("stopProcess", "slower"),
      finish("start"),
    ),
    scenario(
      "startProcess of one that is being stopped",
      call("startProcess", "stubborn"),
      file("stubborn.up", "up"),
      call("stopProcess", "stubborn", false),
      states("stubborn"),
      call("startProcess", "stubborn", false),
      call("startProcess", "stubborn"),
      call("stopProcess", "stubborn"),
      reach("stubborn", "STOPPED"),
      log("'stubborn'", "SIGKILL"),
    ),
    scenario(
      "stopProcess that has to kill",
      remove("stubborn.up"),
      call("startProcess", "stubborn"),
      file("stubborn.up", "up"),
      call("stopProcess", "stubborn"),
      call("getProcessInfo", "stubborn"),
    ),
    scenario(
      "wait, as other types",
      call("startProcess", "cat", 0),
      call("stopProcess", "cat", ""),
      reach("cat", "STOPPED"),
      call("startProcess", "cat", "no"),
      call("stopProcess", "cat", 1),
      states("cat"),
    ),
    scenario(
      "startProcess of a whole group",
      unordered(call("startProcess", "g:*")),
      states("g:a", "g:b"),
      call("startProcess", "g:*"),
    ),
    scenario(
      "stopProcess of a whole group",
      unordered(call("stopProcess", "g:")),
      states("g:a", "g:b"),
      call("stopProcess", "g:*"),
    ),
    scenario(
      "startProcessGroup",
      unordered(call("startProcessGroup", "web")),
      call("startProcessGroup", "web"),
      states("web:web_0", "web:web_1"),
    ),
    scenario("startProcessGroup of one that is partly up", call("stopProcess", "web:web_0"), call("startProcessGroup", "web")),
    scenario("stopProcessGroup", unordered(call("stopProcessGroup", "web")), call("stopProcessGroup", "web")),
    scenario("a group of one", call("startProcessGroup", "cat"), call("stopProcessGroup", "cat", false), reach("cat", "STOPPED")),
    scenario(
      "a group that is none",
      call("startProcessGroup", "nope"),
      call("stopProcessGroup", "web:*"),
      call("signalProcessGroup", "web:", "HUP"),
    ),
    scenario(
      "startProcessGroup where a start fails",
      call("startProcessGroup", "nofile"),
      call("startProcessGroup", "noexec", false),
    ),
    scenario(
      "startAllProcesses",
      unordered(call("startAllProcesses")),
      settled,
      call("startAllProcesses", false),
      reach("brief", "EXITED"),
      settled,
    ),
    scenario("all processes, in all states", call("getAllProcessInfo")),
    scenario("stopAllProcesses", unordered(call("stopAllProcesses")), call("stopAllProcesses"), states("cat", "slow", "g:a")),
    scenario(
      "what the log tells of a process",
      log(": cat (", "stopped: cat"),
      log(" crash", "gave up"),
      log("exited: brief", "exited"),
    ),
  ],
};

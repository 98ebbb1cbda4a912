import { scenario, type World } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { begin, call, finish } from "../steps/call.ts";
import { edit, file, write } from "../steps/files.ts";
import { follow } from "../steps/http.ts";
import { log } from "../steps/log.ts";
import { left, reach, settled, signalDaemon } from "../steps/processes.ts";

/** One of them ends only once there is a file. */
const STUBBORN = `[program:stubborn]
command=/bin/sh -c "trap '' TERM; echo up; until test -e %(here)s/go; do sleep 0.1; done"
startsecs=0
stopwaitsecs=1000
stdout_logfile=%(here)s/stubborn.log
[program:slow]
command=/bin/sleep 1000
startsecs=100
[program:cat]
command=/bin/cat
startsecs=0
autorestart=true
`;

/** What is refused once the daemon is on its way out. */
const REFUSED = [
  ["getState"],
  ["getPID"],
  ["getVersion"],
  ["shutdown"],
  ["restart"],
  ["getAllProcessInfo"],
  ["startProcess", "nope"],
  ["stopAllProcesses"],
  ["readLog", 0, -1],
  ["reloadConfig"],
  ["sendProcessStdin", "cat", 5],
  ["addProcessGroup", "cat"],
] as const;

const gate = [
  ...REFUSED.map(([method, ...args]) => call(method, ...args)),
  call("getState", 1),
  call("nope"),
  call("sendRemoteCommEvent", "a", "b"),
  call("system.listMethods", 1),
  call("system.methodSignature", "supervisor.getState"),
  call("system.multicall", [{ methodName: "supervisor.getState" }, { methodName: "nope" }]),
];

/** Ordered by priority; a group's own members by theirs. */
const PRIORITIES = `[program:early]
command=/bin/cat
priority=1
startsecs=0
[program:late]
command=/bin/cat
priority=2000
startsecs=0
[program:a]
command=/bin/cat
priority=2
startsecs=0
[program:b]
command=/bin/cat
priority=1
startsecs=0
[group:group]
programs=a,b
priority=500
`;

export const shutdown: World = {
  name: "shutdown",
  configuration: STUBBORN,
  scenarios: [
    scenario(
      "everything is refused once a shutdown was asked for",
      file("stubborn.log", "up"),
      reach("cat", "RUNNING"),
      call("shutdown"),
      ...gate,
    ),
    scenario("the daemon leaves", write("go", ""), left, log(": stubborn (", "stopped: stubborn"), log("cat (", "stopped")),
    scenario("nothing is left behind", file("daemon.pid"), file("s.sock")),
  ],
};

export const restart: World = {
  name: "restart",
  configuration: "[program:cat]\ncommand=/bin/cat\nstartsecs=0\n",
  scenarios: [
    scenario(
      "a restart reads the configuration anew",
      reach("cat", "RUNNING"),
      edit("another program", "[program:dog]\ncommand=/bin/cat\nstartsecs=0\n"),
      call("restart"),
      log("'dog'", "spawned"),
      reach("dog", "RUNNING"),
      call("getProcessInfo", "cat"),
      log(" cat (", "stopped"),
      log("started with pid", "started"),
    ),
  ],
};

export const termination: World = {
  name: "termination",
  configuration: PRIORITIES,
  scenarios: [
    scenario("programs start by priority", settled, log("spawned", "'late'")),
    scenario("SIGTERM ends the daemon", signalDaemon("SIGTERM"), left, log("received", "SIGTERM")),
    scenario("groups are stopped in the opposite order", log("stopped: late", "late"), log("stopped: early", "early")),
  ],
};

export const interruption: World = {
  name: "interruption",
  configuration: STUBBORN,
  scenarios: [
    scenario(
      "SIGINT ends the daemon",
      file("stubborn.log", "up"),
      begin("waiting", call("stopProcess", "slow")),
      finish("waiting"),
      signalDaemon("SIGINT"),
      log("received", "SIGINT"),
      signalDaemon("SIGHUP"),
      differs("SIGHUP reloads", (own) => own.replace("reload request", "restart request"), log("SIGHUP", "shutdown in progress")),
      write("go", ""),
      left,
    ),
  ],
};

export const quitting: World = {
  name: "quitting",
  configuration: "[program:cat]\ncommand=/bin/cat\nstartsecs=0\n",
  scenarios: [
    scenario("following the activity log", reach("cat", "RUNNING"), follow("/mainlogtail", "entered RUNNING")),
    scenario("SIGQUIT ends the daemon", reach("cat", "RUNNING"), signalDaemon("SIGQUIT"), left, log("received", "SIGQUIT")),
  ],
};

import { double } from "../engine/argument.ts";
import { scenario, type World } from "../engine/step.ts";
import { call } from "../steps/call.ts";
import { file } from "../steps/files.ts";
import { log } from "../steps/log.ts";
import { killProcess, reach, states } from "../steps/processes.ts";

const PROGRAMS = `[program:cat]
command=/bin/cat
startsecs=0
[program:down]
command=/bin/cat
autostart=false
[program:a]
command=/bin/sleep 1000
startsecs=0
priority=2
[program:b]
command=/bin/sleep 1000
startsecs=0
priority=1
[program:c]
command=/bin/sleep 1000
autostart=false
[group:g]
programs=a,b,c
[program:trap]
command=/bin/sh -c "trap 'echo got HUP' HUP; trap 'echo got USR1' USR1; echo ready; while :; do sleep 0.05; done"
startsecs=0
stdout_logfile=%(here)s/trap.log
[program:victim]
command=/bin/sleep 1000
autostart=false
autorestart=false
startsecs=0
`;

export const signals: World = {
  name: "signals",
  configuration: PROGRAMS,
  scenarios: [
    scenario(
      "a signal reaches the process",
      file("trap.log", "ready"),
      call("signalProcess", "trap", "HUP"),
      file("trap.log", "got HUP"),
      call("signalProcess", "trap", "SIGUSR1"),
      file("trap.log", "got USR1"),
      states("trap"),
    ),
    scenario(
      "names of signals",
      ...["HUP", "hup", "SIGCONT", " sigcont ", "CONT\n"].map((name) => call("signalProcess", "trap", name)),
    ),
    scenario("numbers of signals", ...[0, 18, "18", " 18 ", "0"].map((signal) => call("signalProcess", "cat", signal))),
    scenario(
      "signals that are none",
      ...["NOPE", "SIGNOPE", "", 33, 65, -1, 999, "1.5", "-1"].map((signal) => call("signalProcess", "cat", signal)),
    ),
    scenario("numbers in other types", call("signalProcess", "trap", true), call("signalProcess", "trap", double("18.0"))),
    scenario(
      "a bad signal for a process that is down",
      call("signalProcess", "down", "NOPE"),
      call("signalProcess", "down", "HUP"),
      call("signalProcess", "nope", "NOPE"),
    ),
    scenario(
      "a whole group",
      call("signalProcess", "g:*", "CONT"),
      call("signalProcessGroup", "g", "CONT"),
      call("signalProcess", "g:", 18),
    ),
    scenario("a whole group with a bad signal", call("signalProcessGroup", "g", "NOPE"), call("signalProcess", "g:*", "NOPE")),
    scenario("all processes", call("signalAllProcesses", "CONT"), call("signalAllProcesses", "NOPE")),
    scenario(
      "a signal that ends the process",
      call("startProcess", "victim"),
      call("signalProcess", "victim", "KILL"),
      reach("victim", "EXITED"),
      call("getProcessInfo", "victim"),
      call("signalProcess", "victim", "HUP"),
    ),
    scenario(
      "a process that is killed from outside",
      call("startProcess", "victim"),
      killProcess("victim", "SIGTERM"),
      reach("victim", "EXITED"),
      states("victim"),
      log(" victim", "SIGTERM"),
    ),
    scenario(
      "a process that dumps its core, or would",
      call("startProcess", "victim"),
      killProcess("victim", "SIGUSR2"),
      reach("victim", "EXITED"),
      log(" victim", "SIGUSR2"),
    ),
  ],
};

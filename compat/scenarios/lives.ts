import { scenario, type World } from "../engine/step.ts";
import { call } from "../steps/call.ts";
import { file } from "../steps/files.ts";
import { log } from "../steps/log.ts";
import { killProcess, reach, settled, states } from "../steps/processes.ts";

const PROGRAMS = `[program:retries]
command=/bin/sh -c "exit 4"
startsecs=20
startretries=2
[program:noretry]
command=/bin/sh -c "exit 4"
startsecs=20
startretries=0
[program:norestart]
command=/bin/sh -c "exit 4"
startsecs=20
startretries=1
autorestart=false
[program:nofile]
command=/no/such/program
startretries=1
[program:expected]
command=/bin/sh -c "sleep 2; exit 2"
startsecs=1
exitcodes=0,2
[program:unexpected]
command=/bin/sh -c "sleep 2; exit 3"
startsecs=1
autorestart=false
[program:again]
command=/bin/sh -c "echo run | tee -a %(here)s/again.count; test $(wc -l <%(here)s/again.count) -ge 3 && exit 0; exit 1"
startsecs=0
stdout_logfile=%(here)s/again.log
[program:always]
command=/bin/cat
startsecs=0
autorestart=true
[program:instant]
command=/bin/true
startsecs=0
autorestart=false
[program:signalled]
command=/bin/sh -c "kill -9 $$"
startsecs=0
autorestart=false
[program:badfolder]
command=/bin/cat
directory=/no/such/folder
startsecs=20
startretries=0
redirect_stderr=true
stdout_logfile=%(here)s/badfolder.log
[program:badscript]
command=%(here)s/script.sh
startsecs=20
startretries=0
autostart=false
redirect_stderr=true
stdout_logfile=%(here)s/badscript.log
[program:logfolder]
command=/bin/cat
stdout_logfile=%(here)s/logs
startsecs=20
startretries=0
[program:holder]
command=/bin/sh -c "sleep 1000 & echo parent gone; exit 0"
startsecs=0
autorestart=false
stopasgroup=true
stdout_logfile=%(here)s/holder.log
[program:int]
command=/bin/sh -c "trap 'echo interrupted; exit 0' INT; echo up; while :; do sleep 0.05; done"
startsecs=0
stopsignal=INT
stdout_logfile=%(here)s/int.log
[program:family]
command=/bin/sh -c "sh -c 'trap \\"echo child; exit\\" TERM; echo ready; while :; do sleep 0.05; done' & trap 'wait; echo parent; exit 0' TERM; wait"
startsecs=0
stopasgroup=true
stdout_logfile=%(here)s/family.log
[program:environment]
command=/bin/sh -c "echo $SUPERVISOR_ENABLED $SUPERVISOR_PROCESS_NAME $SUPERVISOR_GROUP_NAME $SUPERVISOR_SERVER_URL $OWN $ALL; umask; pwd; echo end; exec sleep 1000"
startsecs=0
environment=OWN="own,value"
umask=027
directory=/usr
stdout_logfile=%(here)s/environment.log
[program:overridden]
command=/bin/sh -c "echo $SUPERVISOR_PROCESS_NAME $SUPERVISOR_SERVER_URL end; exec sleep 1000"
startsecs=0
environment=SUPERVISOR_PROCESS_NAME="mine"
serverurl=http://example.org:1
stdout_logfile=%(here)s/overridden.log
[program:words]
command=/usr/bin/printf "[%%s]" a 'b c' "d \\"e\\"" f\\ g $HOME * ; comment
startsecs=0
autorestart=false
stdout_logfile=%(here)s/words.log
[supervisord]
environment=ALL="all"
`;

export const lives: World = {
  name: "lives",
  configuration: PROGRAMS,
  scenarios: [
    scenario("everything comes to rest", settled),
    scenario(
      "a program that fails again and again",
      reach("retries", "FATAL"),
      call("getProcessInfo", "retries"),
      log(": retries ", "gave up"),
      log("'retries'", "spawned"),
    ),
    scenario("a program that may not be retried", reach("noretry", "FATAL"), states("noretry"), log("noretry", "gave up")),
    scenario(
      "a start is retried whatever autorestart says",
      reach("norestart", "FATAL"),
      states("norestart"),
      log("norestart", "gave up"),
    ),
    scenario(
      "a command that is not there",
      reach("nofile", "FATAL"),
      call("getProcessInfo", "nofile"),
      log("program", "can't find command"),
      log("nofile", "gave up"),
    ),
    scenario(
      "an expected exit",
      reach("expected", "EXITED"),
      call("getProcessInfo", "expected"),
      log(": expected (", "exited: expected"),
    ),
    scenario(
      "an unexpected exit",
      reach("unexpected", "EXITED"),
      call("getProcessInfo", "unexpected"),
      log(": unexpected (", "exited: unexpected"),
    ),
    scenario(
      "restarts until the exit is an expected one",
      file("again.log", "run\nrun\nrun\n"),
      reach("again", "EXITED"),
      states("again"),
      log("exited: again ", "; expected)"),
      log("'again'", "spawned"),
    ),
    scenario(
      "a program that is always restarted",
      reach("always", "RUNNING"),
      killProcess("always", "SIGKILL"),
      log(" always (", "SIGKILL"),
      reach("always", "RUNNING"),
    ),
    scenario(
      "a program that ends at once and may",
      reach("instant", "EXITED"),
      states("instant"),
      log("exited: instant", "exited"),
    ),
    scenario(
      "a program that kills itself",
      reach("signalled", "EXITED"),
      call("getProcessInfo", "signalled"),
      log("exited: signalled", "exited"),
    ),
    scenario(
      "a folder that is not there",
      reach("badfolder", "FATAL"),
      states("badfolder"),
      file("badfolder.log"),
      log("badfolder", "gave up"),
    ),
    scenario("a log that is a folder", reach("logfolder", "FATAL"), states("logfolder"), log("logfolder", "gave up")),
    scenario("a child that outlives its parent", reach("holder", "EXITED"), states("holder"), file("holder.log", "gone")),
    scenario(
      "another stop signal",
      file("int.log", "up"),
      call("stopProcess", "int"),
      call("getProcessInfo", "int"),
      file("int.log"),
      log("int (", "stopped: int"),
    ),
    scenario(
      "a whole process group is stopped",
      file("family.log", "ready"),
      call("stopProcess", "family"),
      file("family.log", "parent"),
    ),
    scenario("what a program finds", file("environment.log", "end")),
    scenario("what a program finds instead", file("overridden.log", "end")),
    scenario("the words of a command", reach("words", "EXITED"), file("words.log", "]")),
    scenario("all of them", call("getAllProcessInfo")),
  ],
};

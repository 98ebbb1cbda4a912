import { PYTHON } from "../../test/support/python.ts";
import { CLIENTS } from "../engine/peer.ts";
import { type Step, scenario, type World } from "../engine/step.ts";
import { call } from "../steps/call.ts";
import { edit, exists, file, fileUpTo, remove } from "../steps/files.ts";
import { log } from "../steps/log.ts";
import { left, reach, states } from "../steps/processes.ts";

const LISTENER = `${PYTHON} ${CLIENTS}/listener.py`;

const PROGRAMS = `[program:cat]
command=/bin/cat
autostart=false
startsecs=0
[program:crash]
command=/bin/sh -c "exit 3"
autostart=false
startsecs=20
startretries=1
[program:expected]
command=/bin/sh -c "read line; exit $line"
autostart=false
autorestart=false
startsecs=0
exitcodes=0,2
[program:loud]
command=/bin/cat
startsecs=0
autostart=false
stdout_events_enabled=true
stdout_logfile=NONE
[program:trouble]
command=/bin/sh -c "exec cat >&2"
startsecs=0
autostart=false
stderr_events_enabled=true
[program:talker]
command=/bin/cat
startsecs=0
autostart=false
stdout_capture_maxbytes=1KB
stdout_logfile=%(here)s/talker.log
[program:limited]
command=/bin/cat
startsecs=0
autostart=false
stdout_capture_maxbytes=10
`;

const LISTENERS = `[eventlistener:notes]
command=${LISTENER} notes.log
directory=%(here)s
events=PROCESS_STATE,REMOTE_COMMUNICATION,PROCESS_COMMUNICATION,PROCESS_LOG,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE
startsecs=0
buffer_size=100
`;

const begin = (text: string) => `<!--XSUPERVISOR:BEGIN-->${text}<!--XSUPERVISOR:END-->`;

/** Tells the events that came since the last of these steps, once one of them has a text. */
function events(until: string): readonly Step[] {
  return [file("notes.log", until), remove("notes.log")];
}

export const eventListener: World = {
  name: "event listener",
  client: "event listener",
  configuration: PROGRAMS + LISTENERS,
  scenarios: [
    scenario("events of the start", reach("notes", "RUNNING"), ...events("PROCESS_STATE_RUNNING")),
    scenario(
      "a message from outside",
      call("sendRemoteCommEvent", "a type", "some data\nin two lines\n"),
      ...events("two lines"),
    ),
    scenario("text beyond ASCII: lengths count characters", call("sendRemoteCommEvent", "größe", "naïve 🚀"), ...events("🚀")),
    scenario(
      "a process that is started and stopped",
      call("startProcess", "cat"),
      call("stopProcess", "cat"),
      ...events("PROCESS_STATE_STOPPED"),
    ),
    scenario(
      "a process that fails to start",
      call("startProcess", "crash", false),
      reach("crash", "FATAL"),
      ...events("PROCESS_STATE_FATAL"),
    ),
    scenario(
      "an expected exit",
      call("startProcess", "expected"),
      call("sendProcessStdin", "expected", "2\n"),
      ...events("PROCESS_STATE_EXITED"),
    ),
    scenario(
      "an unexpected exit",
      call("startProcess", "expected"),
      call("sendProcessStdin", "expected", "3\n"),
      ...events("PROCESS_STATE_EXITED"),
    ),
    scenario("output on stdout", call("startProcess", "loud"), call("sendProcessStdin", "loud", "a line\n"), ...events("a line")),
    scenario(
      "output on stderr",
      call("startProcess", "trouble"),
      call("sendProcessStdin", "trouble", "an error\n"),
      ...events("an error"),
    ),
    scenario(
      "output that is captured",
      call("startProcess", "talker"),
      call("sendProcessStdin", "talker", `before ${begin("to the daemon")} and a long text after it\n`),
      ...events("to the daemon"),
      file("talker.log", "after it"),
    ),
    scenario(
      "captured output that is too large",
      call("startProcess", "limited"),
      call("sendProcessStdin", "limited", `${begin("0123456789abcdef")} and a long text after it\n`),
      ...events("PROCESS_COMMUNICATION"),
    ),
    scenario(
      "an event that is rejected comes again",
      call("sendRemoteCommEvent", "t", "reject this once"),
      call("sendRemoteCommEvent", "t", "the next"),
      ...events("the next"),
      log("notes: event was", "rejected"),
    ),
    scenario(
      "groups that are removed and added",
      edit("without loud", PROGRAMS.replace(/\[program:loud\][^[]*/, "") + LISTENERS),
      call("stopProcess", "loud"),
      call("removeProcessGroup", "loud"),
      ...events("GROUP_REMOVED"),
      edit("with loud", PROGRAMS + LISTENERS),
      call("reloadConfig"),
      call("addProcessGroup", "loud"),
      ...events("GROUP_ADDED"),
    ),
    scenario("a listener in the list of processes", call("getProcessInfo", "notes"), states("notes")),
    // The listener itself is stopped right after the last program: the original may forget the last events over that.
    scenario(
      "a shutdown",
      call("shutdown"),
      left,
      exists("notes.log"),
      fileUpTo("notes.log", "processname:trouble groupname:trouble from_state:STOPPING"),
    ),
  ],
};

export const listenerFaults: World = {
  name: "listener faults",
  configuration: LISTENERS,
  scenarios: [
    scenario(
      "a listener that dies over an event gets it again",
      reach("notes", "RUNNING"),
      file("notes.log", "PROCESS_STATE_RUNNING"),
      call("sendRemoteCommEvent", "t", "die over this"),
      log("exited: notes", "exited"),
      reach("notes", "RUNNING"),
    ),
    scenario(
      "a listener that breaks the protocol gets nothing more",
      call("sendRemoteCommEvent", "t", "garbage"),
      log("notes:", "has entered the UNKNOWN state"),
      call("sendRemoteCommEvent", "t", "lost"),
      states("notes"),
    ),
  ],
};

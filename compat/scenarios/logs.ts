import { double } from "../engine/argument.ts";
import { type Step, scenario, type World } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { call } from "../steps/call.ts";
import { exists, file, mode, remove, rename, write } from "../steps/files.ts";
import { log } from "../steps/log.ts";
import { settled, signalDaemon } from "../steps/processes.ts";

const PROGRAMS = `[program:ten]
command=/bin/sh -c "printf 0123456789; exec sleep 1000"
startsecs=0
stdout_logfile=%(here)s/ten.log
stderr_logfile=NONE
[program:words]
command=/bin/sh -c "echo out; echo err >&2; exec sleep 1000"
startsecs=0
stdout_logfile=%(here)s/words.log
stderr_logfile=%(here)s/words.err
[program:merged]
command=/bin/sh -c "echo out; echo err >&2; exec sleep 1000"
startsecs=0
redirect_stderr=true
stdout_logfile=%(here)s/merged.log
[program:silent]
command=/bin/sleep 1000
startsecs=0
stdout_logfile=NONE
stderr_logfile=NONE
[program:unicode]
command=/bin/sh -c "printf 'na\\303\\257ve <\\360\\237\\232\\200> & co'; exec sleep 1000"
startsecs=0
stdout_logfile=%(here)s/unicode.log
[program:binary]
command=/bin/sh -c "printf 'a\\377b\\033c'; exec sleep 1000"
startsecs=0
stdout_logfile=%(here)s/binary.log
[program:control]
command=/bin/sh -c "printf 'a\\033[1mb\\001c\\r\\n'; exec sleep 1000"
startsecs=0
stdout_logfile=%(here)s/control.log
[program:auto]
command=/bin/sh -c "echo out; exec sleep 1000"
startsecs=0
[program:rotating]
command=/bin/cat
startsecs=0
stdout_logfile=%(here)s/rotating.log
stdout_logfile_maxbytes=100
stdout_logfile_backups=2
[program:down]
command=/bin/sleep 1000
autostart=false
stdout_logfile=%(here)s/down.log
[program:stripped]
command=/bin/sh -c "printf '\\033[31mred\\033[0m\\n'; exec sleep 1000"
startsecs=0
stdout_logfile=%(here)s/stripped.log
`;

/** Offsets and lengths, for a log of ten bytes. */
const WINDOWS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  "from the start": [
    [0, 0],
    [0, 4],
    [0, 10],
    [0, 20],
    [0, 1],
  ],
  "from the middle": [
    [4, 3],
    [4, 6],
    [4, 7],
    [4, 0],
    [9, 1],
    [9, 5],
  ],
  "from the end on": [
    [8, 10],
    [10, 0],
    [10, 5],
    [20, 5],
    [20, 0],
  ],
  "before the start": [
    [-4, 0],
    [-10, 0],
    [-20, 0],
    [-4, 3],
    [-4, 20],
    [-20, 5],
    [-1, 0],
  ],
  "of a negative length": [
    [0, -1],
    [-1, -1],
    [3, -2],
    [20, -5],
  ],
};

function windows(method: string, process: string): readonly ReturnType<typeof scenario>[] {
  return Object.entries(WINDOWS).map(([where, pairs]) =>
    scenario(`${method}: a part ${where}`, ...pairs.map(([offset, length]): Step => call(method, process, offset, length))),
  );
}

/** Lines of forty bytes, of which three fill the log; each is seen before the next is sent. */
function rotatingLines(): readonly Step[] {
  return Array.from({ length: 9 }, (_, index) => {
    const line = `line ${index + 1} of forty bytes ...............\n`;
    return [call("sendProcessStdin", "rotating", line), file(index % 3 === 2 ? "rotating.log.1" : "rotating.log", line)];
  }).flat();
}

export const logs: World = {
  name: "logs",
  configuration: PROGRAMS,
  scenarios: [
    scenario(
      "everything was written",
      settled,
      file("ten.log", "9"),
      file("words.err", "err"),
      file("merged.log", "err"),
      file("unicode.log", "co"),
      file("binary.log", "c"),
      file("control.log", "\n"),
    ),
    ...windows("readProcessStdoutLog", "ten"),
    ...windows("tailProcessStdoutLog", "ten"),
    scenario("the other names of the log methods", call("readProcessLog", "ten", 2, 3), call("tailProcessLog", "ten", 2, 3)),
    scenario(
      "readProcessStderrLog",
      call("readProcessStderrLog", "words", 0, 0),
      call("readProcessStderrLog", "words", -2, 0),
      call("readProcessStderrLog", "words", -1, 1),
    ),
    scenario("tailProcessStderrLog", call("tailProcessStderrLog", "words", 0, 100), call("tailProcessStderrLog", "words", 0, 2)),
    scenario(
      "redirected stderr",
      call("readProcessStdoutLog", "merged", 0, 0),
      call("readProcessStderrLog", "merged", 0, 0),
      call("tailProcessStderrLog", "merged", 0, 10),
      call("getProcessInfo", "merged"),
    ),
    scenario(
      "a process without a log",
      call("readProcessStdoutLog", "silent", 0, 0),
      call("readProcessStdoutLog", "silent", -1, -1),
      call("tailProcessStdoutLog", "silent", 0, 0),
      call("clearProcessLogs", "silent"),
    ),
    scenario(
      "logs of a process that was never started",
      call("readProcessStdoutLog", "down", 0, 0),
      call("tailProcessStdoutLog", "down", 0, 0),
      call("clearProcessLogs", "down"),
    ),
    scenario(
      "logs of what does not exist",
      call("readProcessStdoutLog", "nope", 0, 0),
      call("readProcessStderrLog", "ten:*", -1, -1),
      call("tailProcessStdoutLog", "nope", 0, 0),
      call("clearProcessLogs", "nope"),
      call("clearProcessLog", "ten:*"),
    ),
    scenario(
      "offsets in other types",
      call("readProcessStdoutLog", "ten", "2", "3"),
      call("readProcessStdoutLog", "ten", double("2.9"), double("3.9")),
      call("readProcessStdoutLog", "ten", true, true),
      call("readProcessStdoutLog", "ten", " 1 ", " 2 "),
      call("tailProcessStdoutLog", "ten", "0", double("4.5")),
    ),
    scenario(
      "offsets that are none",
      differs("faults instead of HTTP 500", "fault 2 INCORRECT_PARAMETERS", call("readProcessStdoutLog", "ten", "a", 0)),
    ),
    scenario(
      "text beyond ASCII, and markup",
      call("readProcessStdoutLog", "unicode", 0, 0),
      call("readProcessStdoutLog", "unicode", 0, 4),
      call("tailProcessStdoutLog", "unicode", 0, 4),
    ),
    scenario(
      "a part that cuts a character",
      differs("text that XML can carry", "'na\ufffd'", call("readProcessStdoutLog", "unicode", 0, 3)),
      call("tailProcessStdoutLog", "unicode", 0, 6),
    ),
    scenario(
      "bytes that are no text",
      differs("text that XML can carry", "'a\ufffdb\ufffdc'", call("readProcessStdoutLog", "binary", 0, 0)),
    ),
    scenario(
      "control characters",
      differs("text that XML can carry", "'a\ufffd[1mb\ufffdc&#13;\n'", call("readProcessStdoutLog", "control", 0, 0)),
    ),
    scenario("an automatic log", call("readProcessStdoutLog", "auto", 0, 0), call("getProcessInfo", "auto")),
    scenario("a log that rotates", ...rotatingLines(), file("rotating.log"), file("rotating.log.3")),
    scenario("a log with escapes", file("stripped.log", "red")),
    scenario(
      "clearing a log",
      call("clearProcessLogs", "words"),
      file("words.log"),
      file("words.err"),
      call("readProcessStdoutLog", "words", 0, 0),
      call("clearProcessLog", "words"),
    ),
    scenario(
      "clearing a log of a process that is down",
      call("stopProcess", "ten"),
      call("clearProcessLogs", "ten"),
      file("ten.log"),
      call("readProcessStdoutLog", "ten", 0, 0),
    ),
    scenario(
      "a log file that was deleted",
      remove("merged.log"),
      call("readProcessStdoutLog", "merged", 0, 0),
      call("tailProcessStdoutLog", "merged", 0, 5),
    ),
    scenario("clearing all logs", call("clearAllProcessLogs")),
    scenario("an existing log is appended to", call("startProcess", "ten"), file("ten.log", "01234567890123456789")),
    scenario(
      "logs are reopened",
      rename("words.log", "words.old"),
      signalDaemon("SIGUSR2"),
      log("logreopen", "supervisord logreopen"),
      exists("words.log"),
      file("words.log"),
      call("stopProcess", "words"),
      call("startProcess", "words"),
      file("words.log", "out"),
      file("words.old"),
    ),
    scenario("the mode of a log", mode("words.log"), mode("ten.log")),
    scenario(
      "the activity log, by its end",
      write("daemon.log", "first line\nsecond line\n"),
      call("readLog", -5, 0),
      call("readMainLog", 0, 5),
      call("readLog", 6, 4),
      call("readLog", 100, 0),
      call("readLog", 0, -1),
      call("readLog", -1, 1),
    ),
    scenario("clearing the activity log", call("clearLog"), call("readLog", 0, 0), file("daemon.log")),
    scenario("an activity log that was deleted", remove("daemon.log"), call("readLog", 0, 0), call("clearLog")),
  ],
};

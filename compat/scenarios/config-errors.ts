import { type Step, scenario, type World } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { call } from "../steps/call.ts";
import { edit } from "../steps/files.ts";
import { daemonCommand as daemonCommandStep, launch as launchStep } from "../steps/launch.ts";

const SUPERVISORD = "[supervisord]\nlogfile=%(here)s/x.log\npidfile=%(here)s/x.pid\n";
const program = (options: string) => `${SUPERVISORD}[program:x]\ncommand=/bin/cat\n${options}\n`;

const launch = (...given: Parameters<typeof launchStep>) => inSupervisordsWords(launchStep(...given));
const daemonCommand = (...words: readonly string[]) => inSupervisordsWords(daemonCommandStep(...words));

function inSupervisordsWords(step: Step): Step {
  return differs(
    "place of a mistake",
    (own) => own.replaceAll(/ \(given\.conf(:\d+)?\)$/gm, "").replace("use taskmasterd -h", "use /usr/bin/supervisord -h"),
    step,
  );
}

/** Mistakes in a program, which a reload meets as well as a start. */
const PROGRAM_MISTAKES: Readonly<Record<string, string>> = {
  "a word for a boolean": "autostart=maybe",
  "an empty boolean": "autostart=",
  "a word for an integer": "priority=abc",
  "a fraction": "startsecs=1.5",
  "a size": "stdout_logfile_maxbytes=5XB",
  "a signal's name": "stopsignal=FOO",
  "a signal's number": "stopsignal=999",
  "exit codes": "exitcodes=0,x",
  "exit codes out of range": "exitcodes=256",
  "a restart policy": "autorestart=sometimes",
  "an octal number": "umask=999",
  "a user": "user=nosuchuser",
  "a user's number": "user=54321",
  "a log's folder": "stdout_logfile=/no/such/x.log",
  "an environment": "environment=FOO",
  "an environment without an end": 'environment=A="x',
  "an environment that has to be quoted": "environment=A=a@b",
  "several processes of one name": "numprocs=2",
  "group flags": "stopasgroup=true\nkillasgroup=false",
  "a process's name": "process_name=a b",
  "an expansion that there is not": "directory=%(nope)s",
  "an expansion without an end": "directory=100%",
  "a variable that is not set": "directory=%(ENV_NO_SUCH_VARIABLE)s",
};

const FILE_MISTAKES: Readonly<Record<string, string>> = {
  "no section of the daemon": "[program:x]\ncommand=/bin/cat\n",
  "no command": `${SUPERVISORD}[program:x]\nautostart=false\n`,
  "text before a section": "foo=bar\n",
  "a line without a delimiter": `${SUPERVISORD}garbage line\n`,
  "an include without files": `${SUPERVISORD}[include]\nx=1\n`,
  "a program's name": `${SUPERVISORD}[program:x y]\ncommand=/bin/cat\n`,
  "a group's name": `${SUPERVISORD}[program:x]\ncommand=/bin/cat\n[group:a/b]\nprograms=x\n`,
  "a group of programs that there are not": `${SUPERVISORD}[group:g]\nprograms=nope\n`,
  "a listener without events": `${SUPERVISORD}[eventlistener:e]\ncommand=/bin/cat\n`,
  "a listener's events": `${SUPERVISORD}[eventlistener:e]\ncommand=/bin/cat\nevents=FOO\n`,
  "a listener's buffer": `${SUPERVISORD}[eventlistener:e]\ncommand=/bin/cat\nevents=EVENT\nbuffer_size=0\n`,
  "a listener with redirected stderr": `${SUPERVISORD}[eventlistener:e]\ncommand=/bin/cat\nevents=EVENT\nredirect_stderr=true\n`,
  "a FastCGI program without a socket": `${SUPERVISORD}[fcgi-program:f]\ncommand=/bin/cat\n`,
  "a FastCGI program's socket": `${SUPERVISORD}[fcgi-program:f]\ncommand=/bin/cat\nsocket=foo\n`,
  "a FastCGI socket's mode without a file": `${SUPERVISORD}[fcgi-program:f]\ncommand=/bin/cat\nsocket=tcp://localhost:1\nsocket_mode=0700\n`,
  "a FastCGI socket's backlog": `${SUPERVISORD}[fcgi-program:f]\ncommand=/bin/cat\nsocket=tcp://localhost:1\nsocket_backlog=0\n`,
  "a FastCGI socket's mode": `${SUPERVISORD}[fcgi-program:f]\ncommand=/bin/cat\nsocket=unix:///tmp/x\nsocket_mode=9\n`,
  "a FastCGI socket's owner": `${SUPERVISORD}[fcgi-program:f]\ncommand=/bin/cat\nsocket=unix:///tmp/x\nsocket_owner=nouser\n`,
  "a unix server without a file": `${SUPERVISORD}[unix_http_server]\nchmod=0700\n`,
  "a unix server's mode": `${SUPERVISORD}[unix_http_server]\nfile=/tmp/x\nchmod=9z\n`,
  "a unix server's owner": `${SUPERVISORD}[unix_http_server]\nfile=/tmp/x\nchown=nosuch:user\n`,
  "a user without a password": `${SUPERVISORD}[unix_http_server]\nfile=/tmp/x\nusername=u\n`,
  "a TCP server without a port": `${SUPERVISORD}[inet_http_server]\nusername=u\npassword=p\n`,
  "a TCP server's port": `${SUPERVISORD}[inet_http_server]\nport=localhost:abc\n`,
  "a TCP server's port that is too large": `${SUPERVISORD}[inet_http_server]\nport=localhost:99999\n`,
  "a log level": "[supervisord]\nloglevel=loud\n",
  "a folder of the daemon": "[supervisord]\ndirectory=/nope\n",
  "a number of the daemon": "[supervisord]\nminfds=many\n",
  "an RPC interface without a factory": `${SUPERVISORD}[rpcinterface:supervisor]\nx=1\n`,
};

/** How a start refuses a configuration. */
export const startErrors: World = {
  name: "start errors",
  configuration: null,
  scenarios: [
    ...Object.entries(FILE_MISTAKES).map(([what, text]) => scenario(`a start with ${what}`, launch(what, text))),
    ...Object.entries(PROGRAM_MISTAKES)
      .slice(0, 4)
      .map(([what, options]) => scenario(`a start with a mistake in ${what}`, launch(what, program(options)))),
    scenario("a configuration that is not there", launch("no file", "", "-c", "/nope.conf")),
    scenario("the version", differs("own release", /^\d+\.\d+\.\d+\nexit status 0$/, daemonCommandStep("--version"))),
    scenario("an option that there is not", daemonCommand("--nope"), daemonCommand("-X")),
    scenario("an option without its argument", daemonCommand("-l"), daemonCommand("--logfile")),
    scenario("an option's value", launch("a level", SUPERVISORD, "-e", "loud"), launch("a number", SUPERVISORD, "-a", "many")),
    scenario("an option twice", launch("two", SUPERVISORD, "-n")),
    scenario("an argument that is no option", launch("a word", SUPERVISORD, "foo")),
    scenario("an option in short", launch("a folder", SUPERVISORD, "--dir=/nope")),
  ],
};

/** How a reload refuses a configuration: it changes nothing. */
export const reloadErrors: World = {
  name: "reload errors",
  configuration: "[program:x]\ncommand=/bin/cat\n",
  scenarios: [
    ...Object.entries(PROGRAM_MISTAKES).map(([what, options]) =>
      scenario(
        `a reload with a mistake in ${what}`,
        edit(what, `[program:x]\ncommand=/bin/cat\n${options}\n`),
        call("reloadConfig"),
      ),
    ),
    scenario(
      "a reload with a line without a delimiter",
      edit("garbage", "[program:x]\ncommand=/bin/cat\ngarbage line\n"),
      call("reloadConfig"),
    ),
    scenario("the good configuration again", edit("as before", "[program:x]\ncommand=/bin/cat\n"), call("reloadConfig")),
  ],
};

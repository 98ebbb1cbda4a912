import { scenario, type World } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { call } from "../steps/call.ts";
import { allConfigInfo, allConfigInfoAfterReload } from "../steps/config-info.ts";
import { edit } from "../steps/files.ts";

const DEFAULTS = "[program:plain]\ncommand=/bin/cat -u\nautostart=false\n";

const EVERYTHING = `[program:full]
command=/bin/sh -c "echo %(program_name)s %(process_num)d; sleep 1000"
process_name=%(program_name)s_%(process_num)02d
numprocs=2
numprocs_start=3
priority=7
autostart=false
autorestart=true
startsecs=5
startretries=8
exitcodes=0,2,77
stopsignal=USR1
stopwaitsecs=3
stopasgroup=true
umask=027
directory=/tmp
environment=A="1",B='two words'
serverurl=http://127.0.0.1:9999
stdout_logfile=%(here)s/full_%(process_num)d.out
stdout_logfile_maxbytes=1KB
stdout_logfile_backups=3
stdout_capture_maxbytes=2KB
stdout_events_enabled=true
stderr_logfile=%(here)s/full_%(process_num)d.err
stderr_logfile_maxbytes=2MB
stderr_logfile_backups=0
stderr_capture_maxbytes=100
stderr_events_enabled=yes
`;

/** Configurations, and how each is understood. */
const READINGS: Readonly<Record<string, string>> = {
  "logs that are none": "[program:x]\ncommand=x\nstdout_logfile=NONE\nstderr_logfile=off\n",
  "logs that are automatic": "[program:x]\ncommand=x\nstdout_logfile=AUTO\nstderr_logfile=auto\n",
  "logs to devices":
    "[program:x]\ncommand=x\nstdout_logfile=/dev/null\nstdout_logfile_maxbytes=0\nstderr_logfile=/dev/fd/2\nstderr_logfile_maxbytes=0\n",
  "logs to syslog": "[program:x]\ncommand=x\nstdout_syslog=true\nstderr_syslog=true\nstdout_logfile=NONE\nstderr_logfile=NONE\n",
  "the old word for syslog": "[program:x]\ncommand=x\nstdout_logfile=syslog\nstderr_logfile=syslog\n",
  "redirected stderr": "[program:x]\ncommand=x\nredirect_stderr=true\nstderr_logfile=%(here)s/x.err\n",
  "a user": "[program:x]\ncommand=x\nuser=root\n",
  "a user by number": "[program:x]\ncommand=x\nuser=0\n",
  "words for booleans":
    "[program:a]\ncommand=x\nautostart=yes\nredirect_stderr=ON\n[program:b]\ncommand=x\nautostart=0\nredirect_stderr=False\n",
  sizes:
    "[program:a]\ncommand=x\nstdout_logfile_maxbytes=1 kb\n[program:b]\ncommand=x\nstdout_logfile_maxbytes=0\n[program:c]\ncommand=x\nstdout_logfile_maxbytes=1GB\n",
  "exit codes": "[program:a]\ncommand=x\nexitcodes=\n[program:b]\ncommand=x\nexitcodes= 1 , 2\n",
  signals:
    "[program:a]\ncommand=x\nstopsignal=sigint\n[program:b]\ncommand=x\nstopsignal=9\n[program:c]\ncommand=x\nstopsignal=QUIT\n",
  comments:
    '[program:a] ; why\n; whole\n# whole\ncommand=x -g "daemon off;" ; cut\nstartsecs=3 # cut too\n[program:b]\ncommand=a;b#c\n',
  "values over several lines": '[program:a]\ncommand=/bin/sh\n  -c\n  ; comment\n  "echo x"\npriority: 3\n',
  "a section in two parts": "[program:a]\ncommand=x\npriority=1\n[program:b]\ncommand=y\n[program:a]\npriority=2\n",
  "an option twice": "[program:a]\ncommand=x\ncommand=y\n",
  "names of options in another case": "[program:a]\nCommand=x\nAUTOSTART=false\n",
  "options and sections that there are not": "[program:a]\ncommand=x\ncolour=red\n[nonsense]\nx=1\n",
  expansions:
    "[program:a]\ncommand=%(program_name)s %(group_name)s %(here)s %(process_num)03d %(numprocs)d 100%%\ndirectory=%(here)s\n",
  "variables of the environment": '[program:a]\ncommand=%(ENV_HOME)s %(ENV_OWN)s\nenvironment=OWN="mine"\n',
  groups:
    "[program:a]\ncommand=x\npriority=3\n[program:b]\ncommand=y\n[group:g]\nprograms=b,a\npriority=2\n[program:c]\ncommand=z\npriority=1\n",
  "a program in two groups": "[program:a]\ncommand=x\n[group:g]\nprograms=a\n[group:h]\nprograms=a\n",
  "no processes": "[program:a]\ncommand=x\nnumprocs=0\n",
  "twelve processes": "[program:a]\ncommand=x\nnumprocs=12\nprocess_name=p_%(process_num)s\n",
  "priorities below zero": "[program:a]\ncommand=x\npriority=-5\n[program:b]\ncommand=y\npriority=-10\n",
  "defaults for every section": "[DEFAULT]\nstartsecs=9\n[program:a]\ncommand=x\n",
  "killing as a group":
    "[program:a]\ncommand=x\nkillasgroup=true\n[program:b]\ncommand=x\nstopasgroup=true\n[program:c]\ncommand=x\nstopasgroup=false\n",
  "names with blanks around": "[program: a]\ncommand=x\n",
  "a name beyond ASCII": "[program:größe]\ncommand=/bin/größe ü\n",
  "waiting without end": "[program:a]\ncommand=x\nstopwaitsecs=0\nstartsecs=0\nstartretries=0\n",
};

export const configInfo: World = {
  name: "config info",
  configuration: DEFAULTS,
  scenarios: [
    scenario("the defaults", allConfigInfo()),
    scenario("after a reload", call("reloadConfig"), allConfigInfoAfterReload()),
    scenario("every option", edit("every option", EVERYTHING), call("reloadConfig"), allConfigInfo()),
    ...Object.entries(READINGS).map(([what, text]) =>
      scenario(
        what,
        edit(what, text),
        call("reloadConfig"),
        what === "no processes" ? call("getAllConfigInfo") : allConfigInfo(),
      ),
    ),
    scenario(
      "a size that no integer of XML-RPC holds",
      edit("3GB", "[program:a]\ncommand=x\nstdout_logfile_maxbytes=3GB\n"),
      call("reloadConfig"),
      differs("large numbers", /^stdout_logfile_maxbytes: 2147483647$/m, call("getAllConfigInfo")),
    ),
    scenario("no programs", edit("nothing", ""), call("reloadConfig"), call("getAllConfigInfo")),
  ],
};

import { base64, Raw } from "../engine/argument.ts";
import { scenario, type World } from "../engine/step.ts";
import { call } from "../steps/call.ts";
import { file } from "../steps/files.ts";
import { reach } from "../steps/processes.ts";

const PROGRAMS = `[program:cat]
command=/bin/cat
startsecs=0
stdout_logfile=%(here)s/cat.log
[program:down]
command=/bin/cat
autostart=false
[program:deaf]
command=/bin/sh -c "exec <&-; echo deaf; exec sleep 1000"
startsecs=0
stdout_logfile=%(here)s/deaf.log
[program:ending]
command=/bin/sh -c "read line; echo got $line; exit 5"
startsecs=0
autorestart=false
stdout_logfile=%(here)s/ending.log
[program:stubborn]
command=/bin/sh -c "trap '' TERM; echo up; while :; do sleep 0.1; done"
startsecs=0
stopwaitsecs=1
killasgroup=true
stdout_logfile=%(here)s/stubborn.log
`;

export const input: World = {
  name: "input",
  configuration: PROGRAMS,
  scenarios: [
    scenario("a line", call("sendProcessStdin", "cat", "hello\n"), file("cat.log", "hello\n")),
    scenario("text beyond ASCII, and markup", call("sendProcessStdin", "cat", "naïve <&> 🚀\n"), file("cat.log", "🚀\n")),
    scenario("an empty text", call("sendProcessStdin", "cat", "")),
    scenario("base64", call("sendProcessStdin", "cat", base64("coded\n")), file("cat.log", "coded\n")),
    scenario(
      "something else than text",
      call("sendProcessStdin", "cat", 5),
      call("sendProcessStdin", "cat", ["a", 1]),
      call("sendProcessStdin", "cat", true),
      call("sendProcessStdin", "nope", 5),
      call("sendProcessStdin", "cat", new Raw("<value><double>1.5</double></value>")),
    ),
    scenario(
      "a process that is none, or down",
      call("sendProcessStdin", "nope", "x"),
      call("sendProcessStdin", "cat:*", "x"),
      call("sendProcessStdin", "down", "x"),
    ),
    scenario(
      "a process that is being stopped",
      file("stubborn.log", "up"),
      call("stopProcess", "stubborn", false),
      call("sendProcessStdin", "stubborn", "x"),
      reach("stubborn", "STOPPED"),
    ),
    scenario(
      "a process that ends upon what it reads",
      call("sendProcessStdin", "ending", "it\n"),
      reach("ending", "EXITED"),
      file("ending.log", "it"),
      call("getProcessInfo", "ending"),
    ),
    scenario(
      "an event from outside",
      call("sendRemoteCommEvent", "type", "data"),
      call("sendRemoteCommEvent", 1, true),
      call("sendRemoteCommEvent", "", ""),
    ),
  ],
};

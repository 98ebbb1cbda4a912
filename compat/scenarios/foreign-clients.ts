import { PORT } from "../engine/peer.ts";
import { scenario, type World } from "../engine/step.ts";
import { call } from "../steps/call.ts";
import { type Environment, example, foreign, NO_PASSWORD, terminal } from "../steps/client.ts";
import { file } from "../steps/files.ts";
import { logged } from "../steps/log.ts";
import { reach, settled, signalDaemon } from "../steps/processes.ts";

const PROGRAMS = `[inet_http_server]
port=127.0.0.1:${PORT}
username=user
password=secret
[program:cat]
command=/bin/cat
startsecs=0
stdout_logfile=%(here)s/cat.log
[program:talker]
command=/bin/sh -c "echo hello \\<\\&\\>; exec sleep 1000"
startsecs=0
redirect_stderr=true
stdout_logfile=%(here)s/talker.log
[program:down]
command=/bin/sleep 1000
autostart=false
`;

const ready = [settled, file("talker.log", "hello")];

export const python: World = {
  name: "python xmlrpc.client",
  client: "python xmlrpc.client",
  configuration: PROGRAMS,
  scenarios: [
    scenario("the processes are up", ...ready),
    ...["unix", "tcp"].flatMap((place) =>
      ["status", "control", "logs", "several", "system"].map((action) =>
        scenario(`${action} over ${place}`, foreign("/usr/bin/python3", "python_client.py", place, action)),
      ),
    ),
    scenario("no password", foreign("/usr/bin/python3", "python_client.py", "tcp", "refused")),
  ],
};

export const perl: World = {
  name: "perl RPC::XML",
  client: "perl RPC::XML",
  configuration: PROGRAMS,
  scenarios: [scenario("calls over TCP with a password", ...ready, foreign("/usr/bin/perl", "rpc_xml.pl"))],
};

export const npm: World = {
  name: "npm xmlrpc",
  client: "npm xmlrpc",
  configuration: PROGRAMS,
  scenarios: [
    scenario("calls over TCP with a password", ...ready, foreign(process.execPath, "npm_xmlrpc.mjs", "tcp")),
    scenario("calls over the unix socket", foreign(process.execPath, "npm_xmlrpc.mjs", "unix")),
  ],
};

const overTcp: Environment = { SUPERVISOR_SOCKET: "" };

export const curl: World = {
  name: "curl",
  client: "curl",
  configuration: PROGRAMS,
  scenarios: [
    scenario("status.sh", ...ready, example("status.sh", overTcp), example("status.sh", NO_PASSWORD)),
    scenario(
      "start.sh and stop.sh",
      ...[overTcp, NO_PASSWORD].flatMap((way) => [
        example("stop.sh", way, "cat"),
        example("stop.sh", way, "cat"),
        example("start.sh", way, "cat"),
        example("start.sh", way, "nope & co"),
      ]),
    ),
    scenario(
      "tail.sh",
      example("tail.sh", overTcp, "talker"),
      example("tail.sh", NO_PASSWORD, "talker", "4"),
      example("tail.sh", overTcp, "nope"),
    ),
    scenario("follow.sh", example("follow.sh", overTcp, "nope")),
    scenario("a wrong password", example("status.sh", { ...overTcp, SUPERVISOR_PASSWORD: "wrong" })),
    scenario("no password", example("status.sh", { ...overTcp, SUPERVISOR_USER: "" })),
  ],
};

const SHELL = ["/usr/bin/supervisorctl", "-c", "supervisord.conf"];

export const supervisorctlShell: World = {
  name: "supervisorctl shell",
  client: "supervisorctl",
  configuration: PROGRAMS,
  scenarios: [
    scenario(
      "the shell",
      ...ready,
      terminal(
        SHELL,
        ["supervisor> ", "pid down"],
        ["supervisor> ", "stop cat"],
        ["supervisor> ", "start cat"],
        ["supervisor> ", "bogus"],
        ["supervisor> ", ""],
        ["supervisor> ", "quit"],
      ),
    ),
    scenario(
      "Ctrl-D and Ctrl-C leave the shell",
      terminal(SHELL, ["supervisor> ", "^D"]),
      terminal(SHELL, ["supervisor> ", "^C"]),
    ),
    scenario("completion", terminal(SHELL, ["supervisor> ", "vers\t"], ["4.2.5\r\nsupervisor> ", "exit"])),
    scenario(
      "a shutdown is asked about",
      terminal(
        SHELL,
        ["supervisor> ", "shutdown"],
        ["y/N? ", "n"],
        ["supervisor> ", "reload"],
        ["y/N? ", "n"],
        ["supervisor> ", "exit"],
      ),
    ),
    scenario("tail -f", terminal([...SHELL, "tail", "-f", "talker"], ["hello <&>", "^C"])),
    scenario(
      "maintail -f",
      call("clearLog"),
      signalDaemon("SIGUSR2"),
      logged("supervisord logreopen"),
      terminal([...SHELL, "maintail", "-f"], ["supervisord logreopen", "^C"]),
    ),
    scenario("tail -f of what is not there", terminal([...SHELL, "tail", "-f", "nope"])),
    scenario(
      "fg",
      terminal(
        [...SHELL, "fg", "cat"],
        ["==> Press Ctrl-C to exit <==", "typed line"],
        ["typed line\r\ntyped line", "^C"],
        ["Exiting foreground", "^\\"],
      ),
      file("cat.log", "typed line"),
    ),
    scenario(
      "fg of what cannot be",
      terminal([...SHELL, "fg", "nope"]),
      terminal([...SHELL, "fg", "down"]),
      terminal([...SHELL, "fg"]),
      terminal([...SHELL, "fg", "cat", "talker"]),
    ),
    scenario(
      "a password",
      terminal(
        ["/usr/bin/supervisorctl", "-i", "-s", "@URL@", "status", "down"],
        ["Username:", "user"],
        ["Password:", "wrong"],
        ["Username:", "user"],
        ["Password:", "secret"],
      ),
    ),
    scenario("what the shell has started", reach("cat", "RUNNING"), call("stopProcess", "cat")),
  ],
};

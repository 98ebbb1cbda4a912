import { PYTHON } from "../../test/support/python.ts";
import { CLIENTS, PORT } from "../engine/peer.ts";
import { type Step, scenario, type World } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { call } from "../steps/call.ts";
import { mode } from "../steps/files.ts";
import { log } from "../steps/log.ts";
import { reach, states } from "../steps/processes.ts";
import { talk } from "../steps/talk.ts";

const SERVER = `${PYTHON} ${CLIENTS}/fcgi.py`;

const PROGRAMS = `[fcgi-program:file]
command=${SERVER}
socket=unix://%(here)s/file.sock
socket_mode=0740
startsecs=0
[fcgi-program:port]
command=${SERVER}
socket=tcp://127.0.0.1:${PORT}
numprocs=2
process_name=port_%(process_num)d
startsecs=0
`;

function socketLog(kind: "tcp" | "unix"): Step {
  return differs(
    "FastCGI sockets are opened when needed",
    (own) => own.replace(/^INFO Creating (.*)\n/, "$&INFO Closing $1\n$&"),
    log(`socket ${kind}`, "Closing"),
  );
}

export const fcgi: World = {
  name: "fastcgi",
  configuration: PROGRAMS,
  scenarios: [
    scenario("a unix socket", reach("file", "RUNNING"), talk("file.sock", "hello"), mode("file.sock")),
    scenario(
      "a TCP socket that two processes share",
      reach("port:port_0", "RUNNING"),
      reach("port:port_1", "RUNNING"),
      talk(PORT, "hello"),
      talk(PORT, "again"),
    ),
    scenario("one of the two is stopped", call("stopProcess", "port:port_0"), talk(PORT, "still there")),
    scenario("the last one is stopped", call("stopProcess", "port:port_1"), talk(PORT, "nobody"), socketLog("tcp")),
    scenario("it is started again", call("startProcess", "port:port_1"), talk(PORT, "back"), socketLog("tcp")),
    scenario("its input is no pipe", call("sendProcessStdin", "file", "x"), states("file")),
    scenario("what the log tells", call("stopProcess", "file"), socketLog("unix")),
  ],
};

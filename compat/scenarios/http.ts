import { PORT } from "../engine/peer.ts";
import { callBody } from "../engine/rpc.ts";
import { type Step, scenario, type World } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { call } from "../steps/call.ts";
import { file } from "../steps/files.ts";
import { beginFollowing, follow, followOn, http, httpUnix, request, UNTIL_CLOSED } from "../steps/http.ts";

const PROGRAMS = `[inet_http_server]
port=127.0.0.1:${PORT}
[program:cat]
command=/bin/cat
startsecs=0
stdout_logfile=%(here)s/cat.log
stderr_logfile=NONE
[program:err]
command=/bin/sh -c "echo trouble >&2; exec sleep 1000"
startsecs=0
redirect_stderr=false
stderr_logfile=%(here)s/err.log
[program:web]
command=/bin/cat
autostart=false
numprocs=1
process_name=web_%(process_num)d
[program:slow]
command=/bin/sleep 1000
startsecs=2
autostart=false
`;

const STATE = callBody("supervisor.getState", []);
const post = (headers: Readonly<Record<string, string>> = {}, line = "POST /RPC2 HTTP/1.1") => request(line, headers, STATE);

function version10(step: Step): Step {
  return differs("version of HTTP", (own) => own.replaceAll("HTTP/1.1", "HTTP/1.0"), step);
}

export const httpServer: World = {
  name: "http",
  configuration: PROGRAMS,
  scenarios: [
    scenario("a call", http(post()), httpUnix(post())),
    scenario("two calls over one connection", http(post(), post())),
    scenario("two calls at once", http(post() + post())),
    scenario("a connection that is to be closed", http(post({ Connection: "close" }), UNTIL_CLOSED)),
    scenario("HTTP/1.0", version10(http(post({}, "POST /RPC2 HTTP/1.0"), UNTIL_CLOSED))),
    scenario(
      "HTTP/1.0 with a connection that is to stay",
      version10(http(post({ Connection: "keep-alive" }, "POST /RPC2 HTTP/1.0"), post({}, "POST /RPC2 HTTP/1.0"))),
    ),
    scenario(
      "a waiting call, then another one",
      http(request("POST /RPC2 HTTP/1.1", {}, callBody("supervisor.startProcess", ["slow"])), post()),
      call("stopProcess", "slow"),
    ),
    scenario(
      "an unknown host, or none",
      http(post({ Host: "" })),
      httpUnix(`POST /RPC2 HTTP/1.1\r\nContent-Length: ${STATE.length}\r\n\r\n${STATE}`),
    ),
    scenario(
      "names of headers in another case",
      http(`POST /RPC2 HTTP/1.1\r\nhost: x\r\nCONTENT-LENGTH: ${STATE.length}\r\n\r\n${STATE}`),
    ),
    scenario("a length that is missing", http("POST /RPC2 HTTP/1.1\r\nHost: x\r\n\r\n")),
    scenario(
      "another content type",
      http(post({ "Content-Type": "text/plain" })),
      http(post({ "Content-Type": "application/json" })),
    ),
    scenario("compression that is asked for", http(post({ "Accept-Encoding": "gzip, deflate" }))),
    scenario(
      "other paths that begin so",
      http(post({}, "POST /RPC2/ HTTP/1.1"), post({}, "POST /RPC2foo?x=1 HTTP/1.1"), post({}, "POST /%52PC2 HTTP/1.1")),
    ),
    ...["GET /RPC2", "PUT /RPC2", "GET /rpc2", "GET /nope", "GET /../../etc/passwd", "DELETE /RPC2"].map((line) =>
      scenario(line, http(request(`${line} HTTP/1.1`, { Connection: "close" }))),
    ),
    scenario(
      "HEAD",
      differs(
        "answers to HEAD",
        /^HTTP\/1.1 400 Bad Request\n(?!.*<head>)/s,
        http(request("HEAD /RPC2 HTTP/1.1", { Connection: "close" })),
      ),
    ),
    scenario("the liveness probe", http(request("GET /ok.html HTTP/1.1"))),
    ...[
      "/logtail/nope",
      "/logtail/",
      "/logtail/cat:*",
      "/logtail/cat/stdin",
      "/logtail/cat/stderr",
      "/logtail/web",
      "/logtail/web:web_1",
      "/logtail/cat/stdout/x",
    ].map((path) => scenario(`GET ${path}`, http(request(`GET ${path} HTTP/1.1`)))),
    scenario("a stream by another verb", http(request("POST /logtail/cat HTTP/1.1", {}, "x"))),
    scenario(
      "following a log",
      call("sendProcessStdin", "cat", "first\n"),
      file("cat.log", "first\n"),
      beginFollowing("/logtail/cat", "first\n"),
      call("sendProcessStdin", "cat", "second\n"),
      followOn("/logtail/cat", "second\n"),
    ),
    scenario(
      "following by another name",
      follow("/logtail/cat:cat/stdout", "second\n"),
      follow("/logtail/%63at", "second\n"),
      follow("/logtail/cat?x=1", "second\n"),
    ),
    scenario("following stderr", file("err.log", "trouble"), follow("/logtail/err/stderr", "trouble\n")),
    scenario(
      "no more than a kilobyte of the past",
      call("sendProcessStdin", "cat", `${"x".repeat(2000)}\nend\n`),
      file("cat.log", "end\n"),
      follow("/logtail/cat", "end\n"),
    ),
    scenario(
      "following a log that is cleared",
      beginFollowing("/logtail/cat", "end\n"),
      call("clearProcessLogs", "cat"),
      call("sendProcessStdin", "cat", "after\n"),
      followOn("/logtail/cat", "after\n"),
    ),
  ],
};

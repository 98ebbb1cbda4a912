import { PORT } from "../engine/peer.ts";
import { callBody } from "../engine/rpc.ts";
import { scenario, type World } from "../engine/step.ts";
import { http, httpUnix, request } from "../steps/http.ts";

const PROGRAMS = `[inet_http_server]
port=127.0.0.1:${PORT}
username=user
password=se:cret
[program:cat]
command=/bin/cat
startsecs=0
`;

/** The password `secret`. */
const HASHED = `[inet_http_server]
port=127.0.0.1:${PORT}
username=user
password={SHA}e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4
`;

const STATE = callBody("supervisor.getState", []);

function login(credentials: string, scheme = "Basic"): string {
  return `${scheme} ${Buffer.from(credentials).toString("base64")}`;
}

function post(authorization?: string): string {
  return request("POST /RPC2 HTTP/1.1", authorization === undefined ? {} : { Authorization: authorization }, STATE);
}

export const authentication: World = {
  name: "authentication",
  configuration: PROGRAMS,
  scenarios: [
    scenario("the right password", http(post(login("user:se:cret")), post(login("user:se:cret")))),
    scenario("no password", http(post())),
    scenario(
      "a wrong password",
      http(post(login("user:secret"))),
      http(post(login("user:"))),
      http(post(login("other:se:cret"))),
    ),
    scenario("another scheme", http(post("Bearer x")), http(post(login("user:se:cret", "Digest")))),
    scenario("the scheme in another case", http(post(login("user:se:cret", "bAsIc")))),
    scenario(
      "every path is protected",
      ...["/", "/nope", "/ok.html", "/logtail/cat", "/mainlogtail", "/RPC2"].map((path) => http(request(`GET ${path} HTTP/1.1`))),
    ),
    scenario(
      "paths with the right password",
      ...["/nope", "/ok.html", "/logtail/nope"].map((path) =>
        http(request(`GET ${path} HTTP/1.1`, { Authorization: login("user:se:cret") })),
      ),
    ),
    scenario("the unix socket asks for none", httpUnix(post())),
  ],
};

export const hashedPassword: World = {
  name: "hashed password",
  configuration: HASHED,
  scenarios: [
    scenario("the right password", http(post(login("user:secret")))),
    scenario(
      "the hash itself",
      http(post(login("user:{SHA}e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4"))),
      http(post(login("user:e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4"))),
    ),
  ],
};

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "../support/free-port.ts";
import { httpRequest, readToEnd, rpcBody, startFakeServer } from "./fake-server.ts";

/*
 * The same bytes go to a real supervisord and to this server; both have to answer with the same status and the same body. The
 * processes of both are the same, and at rest.
 */

const PROGRAM = "command=/bin/cat\nautostart=false\n";

let folder = "";
let port = 0;
let stop = async (): Promise<void> => {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "oracle-"));
  port = await freePort();
  const config = join(folder, "supervisord.conf");
  writeFileSync(
    config,
    `[supervisord]\nnodaemon=true\nlogfile=${folder}/log\npidfile=${folder}/pid\nchildlogdir=${folder}\n` +
      `[inet_http_server]\nport=127.0.0.1:${port}\n` +
      "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n" +
      `[program:cat]\n${PROGRAM}[program:web]\n${PROGRAM}numprocs=2\nprocess_name=%(program_name)s_%(process_num)d\n`,
  );
  const child = spawn("/usr/bin/supervisord", ["-c", config], { stdio: "ignore", cwd: "/" });
  const gone = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  await vi.waitFor(async () => expect(await exchange(httpRequest("GET /ok.html"))).toContain("200 OK"), {
    timeout: 25_000,
    interval: 200,
  });
});

afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

async function exchange(bytes: string): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1" });
  const answer = readToEnd(socket);
  socket.write(bytes);
  return await answer;
}

/** What of an answer has to be the same. */
function essence(answer: string): { readonly status: string; readonly body: string } {
  const end = answer.indexOf("\r\n\r\n");
  return { status: /^HTTP\/1\.1 (.*)\r\n/.exec(answer)?.[1] ?? answer, body: answer.slice(end + 4) };
}

async function expectSame(request: string): Promise<void> {
  const server = await startFakeServer();
  const [theirs, ours] = await Promise.all([exchange(request), server.exchange(request)]);
  expect(essence(ours)).toEqual(essence(theirs));
}

function post(body: string): string {
  return httpRequest("POST /RPC2", { "Content-Length": String(Buffer.byteLength(body)) }, body);
}

/** A fault of this method echoes its argument, whatever that is. */
function echo(value: string): string {
  return post(rpcBody("supervisor.addProcessGroup", `<param>${value}</param>`));
}

const text = (value: string): string => `<param><value><string>${value}</string></value></param>`;
const int = (value: number): string => `<param><value><int>${value}</int></value></param>`;

describe("a value in a request is understood as supervisord understands it", () => {
  it.each([
    "<value><string>nope</string></value>",
    "<value>  bare text </value>",
    "<value/>",
    "<value><string/></value>",
    "<value><string> a &amp; b &lt;c&gt; &quot;d&quot; &#65;&#x42; </string></value>",
    "<value><string><![CDATA[<x>&amp;]]></string></value>",
    "<value><string>one<!-- two -->three</string></value>",
    "<value><string>naïve 🚀</string></value>",
    "<value><string>a\r\nb\tc</string></value>",
    "<value><int>5</int></value>",
    "<value><int> -5 </int></value>",
    "<value><i4>+5</i4></value>",
    "<value>\n<int>5</int>\n</value>",
    "<value><boolean>1</boolean></value>",
    "<value><boolean>0</boolean></value>",
    "<value><boolean>true</boolean></value>",
    "<value><double>1.5</double></value>",
    "<value><base64>aGVsbG8=</base64></value>",
    "<value><base64>\n aGVs\n bG8=\n</base64></value>",
    "<value><i8>12</i8></value>",
    "<value><unknown>text</unknown></value>",
    "<int>5</int>",
    "<value><int>five</int></value>",
    "<value><int/></value>",
    "<value><int>1.5</int></value>",
    "<value><double>x</double></value>",
    "<value><double/></value>",
    "<value><dateTime.iso8601>today</dateTime.iso8601></value>",
    "<value><array/></value>",
    "<value><struct><member><name>a</name></member></struct></value>",
    "<value><struct><member><name>a</name><value/><value/></member></struct></value>",
    "",
  ])("%s", async (value) => {
    await expectSame(echo(value));
  });
});

describe("a body is refused or served as by supervisord", () => {
  it.each([
    "nonsense",
    "<methodCall>",
    "<methodCall/>",
    "<methodCall><methodName/></methodCall>",
    "<methodCall><methodName>supervisor.getAPIVersion</methodName></methodCall>",
    "<methodCall><methodName>supervisor.getAPIVersion</methodName><params/></methodCall>",
    "<methodCall><methodName> supervisor.getAPIVersion</methodName></methodCall>",
    "<other><methodName>supervisor.getAPIVersion</methodName></other>",
    "<?xml version='1.0' encoding='ISO-8859-1'?><methodCall><methodName>é.é</methodName></methodCall>",
    "<methodCall><methodName>a</methodName></methodCall><b/>",
    "<methodCall><methodName>\u0001</methodName></methodCall>",
    "<methodCall><methodName>&nope;</methodName></methodCall>",
    "<methodCall><params><param/></params><methodName>supervisor.getAPIVersion</methodName></methodCall>",
  ])("%j", async (body) => {
    await expectSame(post(body));
  });
});

describe("a call is answered byte for byte as by supervisord", () => {
  it.each<[string, string]>([
    ["supervisor.getAPIVersion", ""],
    ["supervisor.getVersion", ""],
    ["supervisor.getSupervisorVersion", ""],
    ["supervisor.getIdentification", ""],
    ["supervisor.getState", ""],
    ["supervisor.getState", text("superfluous")],
    ["supervisor.reloadConfig", ""],
    ["supervisor.nope", ""],
    ["supervisor._update", ""],
    ["nope", ""],
    ["supervisor.startProcess", ""],
    ["supervisor.startProcess", text("nope")],
    ["supervisor.startProcess", text("web")],
    ["supervisor.startProcess", text("nope:*")],
    ["supervisor.startProcessGroup", text("web:*")],
    ["supervisor.stopProcess", text("cat")],
    ["supervisor.stopProcess", text("cat:cat")],
    ["supervisor.stopProcess", text("web:*")],
    ["supervisor.stopAllProcesses", ""],
    ["supervisor.signalProcess", text("cat") + text("NOPE")],
    ["supervisor.signalProcess", text("cat") + text("hup")],
    ["supervisor.signalProcess", text("cat") + int(99)],
    ["supervisor.signalAllProcesses", text("NOPE")],
    ["supervisor.addProcessGroup", text("cat")],
    ["supervisor.removeProcessGroup", text("nope")],
    ["supervisor.getProcessInfo", text("cat:*")],
    ["supervisor.readProcessStdoutLog", text("nope") + int(-1) + int(-1)],
    ["supervisor.tailProcessStdoutLog", text("cat:*") + int(0) + int(0)],
    ["supervisor.clearProcessLogs", text("cat")],
    ["supervisor.clearAllProcessLogs", ""],
    ["supervisor.sendProcessStdin", text("cat") + text("x")],
    ["supervisor.sendProcessStdin", text("cat") + int(5)],
    [
      "supervisor.sendProcessStdin",
      `${text("cat")}<param><value><array><data><value>a</value><value><int>1</int></value></data></array></value></param>`,
    ],
    ["supervisor.sendRemoteCommEvent", text("type") + text("data")],
    ["system.methodSignature", text("supervisor.startProcess")],
    ["system.methodSignature", text("nope")],
    ["system.multicall", "<param><value><array><data></data></array></value></param>"],
    ["system.multicall", int(1)],
    [
      "system.multicall",
      "<param><value><array><data>" +
        ["supervisor.getState", "supervisor.stopProcess", "system.multicall", "nope"]
          .map((name) => `<value><struct><member><name>methodName</name><value>${name}</value></member></struct></value>`)
          .join("") +
        "<value><struct></struct></value></data></array></value></param>",
    ],
  ])("%s %s", async (method, params) => {
    await expectSame(post(rpcBody(method, params)));
  });
});

describe("a request has the status that it has there", () => {
  it.each([
    httpRequest("GET /RPC2"),
    httpRequest("PUT /RPC2"),
    httpRequest("POST /RPC2"),
    httpRequest("GET /ok.html"),
    httpRequest("GET /logtail/nope"),
    httpRequest("GET /logtail/"),
    httpRequest("GET /logtail/cat:*"),
    httpRequest("GET /logtail/cat/stdin"),
    httpRequest("POST /logtail/cat", { "Content-Length": "0" }),
    httpRequest("POST /mainlogtail", { "Content-Length": "0" }),
    httpRequest("GET /nope"),
    httpRequest("GET /rpc2"),
    httpRequest("GET /../../etc/passwd"),
  ])("%j", async (request) => {
    await expectSame(request);
  });
});

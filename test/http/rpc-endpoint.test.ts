import { describe, expect, it } from "vitest";
import { errorPage } from "../../src/http/error-page.ts";
import { httpRequest, readToEnd, rpcBody, rpcRequest, startFakeServer } from "./fake-server.ts";

const PID_ANSWER = "<value><int>4242</int></value>";

describe("an XML-RPC request", () => {
  it("is answered with the headers and the body that clients know", async () => {
    const server = await startFakeServer();
    const answer = await server.exchange(rpcRequest("supervisor.getPID"));
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/);
    expect(head).toContain("\r\nContent-Type: text/xml\r\n");
    expect(head).toContain(`\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`);
    expect(body).toBe(
      `<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n${PID_ANSWER}\n</param>\n</params>\n</methodResponse>\n`,
    );
  });

  it("carries a fault with the status 200 too", async () => {
    const server = await startFakeServer();
    const answer = await server.exchange(rpcRequest("supervisor.nope"));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain("<name>faultString</name>\n<value><string>UNKNOWN_METHOD</string></value>");
  });

  it.each(["/RPC2", "/RPC2/", "/RPC2foo?x=1", "/%52PC2"])("may go to %s", async (path) => {
    const server = await startFakeServer();
    const body = rpcBody("supervisor.getPID");
    expect(await server.exchange(httpRequest(`POST ${path}`, { "Content-Length": String(body.length) }, body))).toContain(
      PID_ANSWER,
    );
  });

  it.each(["/rpc2", "/RPC", "/", "/x/RPC2", "//RPC2"])("may not go to %s", async (path) => {
    const server = await startFakeServer();
    const body = rpcBody("supervisor.getPID");
    const answer = await server.exchange(httpRequest(`POST ${path}`, { "Content-Length": String(body.length) }, body));
    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  });

  it.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])("is no %s", async (verb) => {
    const server = await startFakeServer();
    expect(await server.exchange(httpRequest(`${verb} /RPC2`))).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  });

  it("tells the length of its body, in whatever way the header is written", async () => {
    const server = await startFakeServer();
    expect(await server.exchange(httpRequest("POST /RPC2"))).toMatch(/^HTTP\/1\.1 411 Length Required\r\n/);
    const body = rpcBody("supervisor.getPID");
    expect(
      await server.exchange(`POST /RPC2 HTTP/1.1\r\nConnection: close\r\ncontent-length:${body.length}\r\n\r\n${body}`),
    ).toContain(PID_ANSWER);
  });

  it("may come in chunks instead", async () => {
    const server = await startFakeServer();
    const body = rpcBody("supervisor.getPID");
    const half = Math.floor(body.length / 2);
    const chunks = [body.slice(0, half), body.slice(half), ""].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
    expect(await server.exchange(httpRequest("POST /RPC2", { "Transfer-Encoding": "chunked" }, chunks.join("")))).toContain(
      PID_ANSWER,
    );
  });

  it("is told to go on when it asks", async () => {
    const server = await startFakeServer();
    const answer = await server.exchange(rpcRequest("supervisor.getPID", "", { Expect: "100-continue" }));
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });

  it("may come in any number of packets", async () => {
    const server = await startFakeServer();
    const socket = await server.connect();
    socket.setNoDelay(true);
    const answer = readToEnd(socket);
    for (const character of rpcRequest("supervisor.getPID")) {
      await new Promise((resolve) => socket.write(character, resolve));
    }
    expect(await answer).toContain(PID_ANSWER);
  });
});

describe("a request that is none", () => {
  it("is answered with the small page, and logged", async () => {
    const server = await startFakeServer();
    const answer = await server.exchange(httpRequest("POST /RPC2", { "Content-Length": "8" }, "it's no\n"));
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain("\r\nContent-Type: text/html\r\n");
    expect(answer.split("\r\n\r\n")[1]).toBe(
      "<head>\r\n<title>Error response</title>\r\n</head>\r\n<body>\r\n<h1>Error response</h1>\r\n" +
        "<p>Error code 400.\r\n<p>Message: Bad Request.\r\n</body>\r\n",
    );
    expect(server.logged).toContain(`error XML-RPC request data "it's no\\n" is invalid: unmarshallable`);
  });

  it("has an empty body", async () => {
    const server = await startFakeServer();
    expect(await server.exchange(httpRequest("POST /RPC2", { "Content-Length": "0" }))).toMatch(/^HTTP\/1\.1 400 /);
    expect(server.logged).toContain("error XML-RPC request data '' is invalid: unmarshallable");
  });

  it.each(["<methodCall/>", "<methodCall><methodName/></methodCall>"])("names no method: %s", async (body) => {
    const server = await startFakeServer();
    expect(await server.exchange(httpRequest("POST /RPC2", { "Content-Length": String(body.length) }, body))).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(server.logged).toContain(`error XML-RPC request data '${body}' is invalid: no method name`);
  });

  it("is logged in part when it is long", async () => {
    const server = await startFakeServer();
    const body = "x".repeat(100_000);
    await server.exchange(httpRequest("POST /RPC2", { "Content-Length": String(body.length) }, body));
    expect(server.logged).toContain(`error XML-RPC request data '${"x".repeat(1000)}…' is invalid: unmarshallable`);
  });

  it("is larger than any request needs to be", async () => {
    const server = await startFakeServer();
    const announced = httpRequest("POST /RPC2", { "Content-Length": String(17 * 1024 * 1024) });
    expect(await server.exchange(announced)).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
  });

  it("turns out to be larger than any request needs to be", async () => {
    const server = await startFakeServer();
    const socket = await server.connect();
    const answer = new Promise<string>((resolve) => socket.once("data", (chunk) => resolve(chunk.toString())));
    socket.on("error", () => {
      // The server stops reading, which the writer may notice as a reset.
    });
    socket.write(httpRequest("POST /RPC2", { "Transfer-Encoding": "chunked" }));
    const chunk = `100000\r\n${"x".repeat(0x100000)}\r\n`;
    for (let count = 0; count < 17; count++) socket.write(chunk);
    expect(await answer).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
  });

  it("has a length that is no number", async () => {
    const server = await startFakeServer();
    expect(await server.exchange(httpRequest("POST /RPC2", { "Content-Length": "many" }))).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n/,
    );
  });

  it("is not HTTP at all", async () => {
    const server = await startFakeServer();
    const answer = await server.exchange("hello?\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain(errorPage(400));
  });

  it("has more headers than any client sends", async () => {
    const server = await startFakeServer();
    expect(await server.exchange(httpRequest("GET /ok.html", { "X-Long": "x".repeat(20_000) }))).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe("a defect in a method", () => {
  it("is a 500 for its caller, a critical line in the log, and nothing to anyone else", async () => {
    const server = await startFakeServer();
    Object.defineProperty(server.daemon.configuration, "reread", {
      value: () => {
        throw new Error("a defect");
      },
    });
    expect(await server.exchange(rpcRequest("supervisor.reloadConfig"))).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n/);
    expect(server.logged.find((line) => line.startsWith("critical"))).toMatch(
      /^critical Handling XML-RPC request with data "<\?xml .*" raised an unexpected exception: Error: a defect\n {4}at /,
    );
    expect(await server.exchange(rpcRequest("supervisor.getPID"))).toContain(PID_ANSWER);
  });
});

describe("the log at the level trace", () => {
  it("stays one line for each call, whatever a client calls", async () => {
    const server = await startFakeServer();
    await server.exchange(rpcRequest("evil\nCRIT name"));
    await server.exchange(rpcRequest("supervisor.stopProcess", "<param><value>evil\nCRIT name</value></param>"));
    expect(server.logged.filter((line) => line.includes("evil"))).toEqual([
      "trace XML-RPC method called: evil\\nCRIT name()",
      "trace XML-RPC method evil\\nCRIT name() returned fault: [1] UNKNOWN_METHOD",
      "trace XML-RPC method supervisor.stopProcess() returned fault: [10] BAD_NAME: evil\\nCRIT name",
    ]);
  });

  it("tells of each call and how it ended, and of each answer", async () => {
    const server = await startFakeServer();
    await server.exchange(rpcRequest("supervisor.getPID"));
    await server.exchange(rpcRequest("supervisor.startProcess", "<param><value>nope</value></param>"));
    await expect.poll(() => server.logged.filter((line) => line.includes("POST")), { timeout: 60_000 }).toHaveLength(2);
    expect(server.logged.filter((line) => line.includes("XML-RPC"))).toEqual([
      "trace XML-RPC method called: supervisor.getPID()",
      "trace XML-RPC method supervisor.getPID() returned successfully",
      "trace XML-RPC method called: supervisor.startProcess()",
      "trace XML-RPC method supervisor.startProcess() returned fault: [10] BAD_NAME: nope",
    ]);
    expect(server.logged.find((line) => line.includes("POST"))).toMatch(
      /^trace 127\.0\.0\.1:\d+ - - \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "POST \/RPC2 HTTP\/1\.1" 200 \d{3}$/,
    );
  });
});

describe("a call as JSON", () => {
  const json = (value: unknown) => JSON.stringify(value);
  const post = (body: string, headers: Readonly<Record<string, string>>) =>
    httpRequest("POST /RPC2", { "Content-Length": String(Buffer.byteLength(body)), ...headers }, body);

  it("is answered in JSON where that is asked for, control characters and all", async () => {
    const server = await startFakeServer();
    const both = { "Content-Type": "application/json", Accept: "application/json" };
    const call = json({ method: "supervisor.getPID" });
    expect(await server.exchange(post(call, both))).toMatch(/Content-Type: application\/json\r\n.*\r\n\r\n\{"result":4242\}$/s);
    const fault = await server.exchange(post(json({ method: "supervisor.getProcessInfo", params: ["\u001b"] }), both));
    expect(fault).toContain(json({ fault: { code: 10, text: "BAD_NAME: \u001b" } }));
  });

  it("can be answered in XML, and a call in XML in JSON", async () => {
    const server = await startFakeServer();
    const call = json({ method: "supervisor.getPID", params: [] });
    expect(await server.exchange(post(call, { "Content-Type": "application/json" }))).toContain(PID_ANSWER);
    const xml = rpcBody("supervisor.getPID").toString();
    expect(await server.exchange(post(xml, { Accept: "text/xml, application/json" }))).toContain('{"result":4242}');
  });

  it.each([
    "",
    "null",
    "[]",
    "{",
    json({ params: [] }),
    json({ method: 1 }),
    json({ method: "supervisor.getPID", params: {} }),
    `{"method":"system.multicall","params":${"[".repeat(200)}${"]".repeat(200)}}`,
  ])("that is none is refused: %s", async (body) => {
    const server = await startFakeServer();
    expect(await server.exchange(post(body, { "Content-Type": "application/json" }))).toMatch(/^HTTP\/1\.1 400 /);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { runClient, TASKMASTERCTL } from "./clients.ts";
import { type Answer, type FakeDaemon, startFakeDaemon } from "./fake-daemon.ts";

const ESC = "\u001b";

let daemon: FakeDaemon | undefined;

afterEach(async () => {
  await daemon?.stop();
  daemon = undefined;
});

async function runAgainst(answer: (method: string) => Answer, ...words: readonly string[]) {
  daemon = await startFakeDaemon(answer);
  return runClient(TASKMASTERCTL, ["-s", daemon.url, ...words]);
}

/** XML as no encoder of ours would write it. */
function raw(body: string): Answer {
  return { respond: (response) => response.end(body) };
}

describe("what is no answer at all ends as one line and status 1", () => {
  it.each<readonly [string, Answer, string]>([
    [
      "an error of the server",
      { respond: (response) => response.writeHead(500).end("<p>no") },
      "error: <ProtocolError for 127.0.0.1/RPC2: 500 Internal Server Error>\n",
    ],
    [
      "a page that is not there",
      { respond: (response) => response.writeHead(404).end() },
      "error: <ProtocolError for 127.0.0.1/RPC2: 404 Not Found>\n",
    ],
    ["a connection that is cut", { respond: (response) => response.destroy() }, "error: socket hang up\n"],
    ["another type of value", { value: [1] }, "error: unexpected answer to supervisor.getAllConfigInfo\n"],
    ["a struct without its members", { value: [{ name: "a" }] }, "error: unexpected answer to supervisor.getAllConfigInfo\n"],
  ])("%s", async (_name, answer, stdout) => {
    expect(await runAgainst(() => answer, "avail")).toEqual({ stdout, stderr: "", status: 1 });
  });

  it.each([
    ["an empty body", ""],
    ["a web page", "<html><body>hello</body></html>"],
    ["an answer that is cut short", "<?xml version='1.0'?><methodResponse><params><param><value><array><data><value>"],
    ["an empty response", "<methodResponse></methodResponse>"],
    ["a number that is none", "<methodResponse><params><param><value><int>x</int></value></param></params></methodResponse>"],
  ])("%s", async (_name, body) => {
    const { stdout, stderr, status } = await runAgainst(() => raw(body), "avail");
    expect(stdout).toMatch(/^error: .+\n$/);
    expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
  });
});

describe("the check before a command", () => {
  it("refuses another version of the interface with status 5", async () => {
    const old = "<methodResponse><params><param><value><string>2.0</string></value></param></params></methodResponse>";
    const { stdout, status } = await runAgainst(() => raw(old), "version");
    expect(stdout).toContain("expects to talk to a server with API version 3.0, but the remote version is 2.0.");
    expect(status).toBe(5);
  });

  it("explains a daemon without the interface with status 3", async () => {
    const unknown =
      "<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>1</int></value></member>" +
      "<member><name>faultString</name><value><string>UNKNOWN_METHOD</string></value></member></struct></value></fault></methodResponse>";
    const { stdout, status } = await runAgainst(() => raw(unknown), "version");
    expect(stdout).toContain("did not recognize the supervisor namespace commands");
    expect(status).toBe(3);
    await daemon?.stop();
    expect((await runAgainst(() => raw(unknown), "status")).status).toBe(4);
  });
});

/** The bytes go out as they are: an encoder would have replaced them. */
function rawProcess(name: string, description: string): Answer {
  const member = (key: string, value: string) => `<member><name>${key}</name><value>${value}</value></member>`;
  const text = (value: string) => `<string>${value}</string>`;
  const struct = [
    member("name", text(name)),
    member("group", text(name)),
    member("pid", "<int>1</int>"),
    member("state", "<int>20</int>"),
    member("statename", text("RUNNING")),
    member("description", text(description)),
  ];
  return raw(
    `<methodResponse><params><param><value><array><data><value><struct>${struct.join("")}</struct></value></data></array></value></param></params></methodResponse>`,
  );
}

describe("control characters from the daemon", () => {
  it("are shown as escapes in the status table", async () => {
    const answer = (method: string) =>
      method === "supervisor.getVersion" ? { value: "" } : rawProcess(`a${ESC}[2J`, `b\u009b31m${ESC}]0;x\u0007`);
    const { stdout } = await runAgainst(answer, "status");
    expect(stdout).toBe(`${"a\\x1b[2J".padEnd(33)}RUNNING   b\\x9b31m\\x1b]0;x\\x07\n`);
  });

  it("are shown as escapes in faults", async () => {
    const fault: Answer = { fault: { name: "CANT_REREAD", detail: "line one\nline\u009b2J two" } };
    const { stdout } = await runAgainst(() => fault, "reread");
    expect(stdout).toBe("ERROR: CANT_REREAD: line one\nline\\x9b2J two\n");
  });

  it("are passed on in a log", async () => {
    const log = `<methodResponse><params><param><value><string>${ESC}[31mred\r\n</string></value></param></params></methodResponse>`;
    const answer = (method: string): Answer => (method === "supervisor.getVersion" ? { value: "" } : raw(log));
    expect((await runAgainst(answer, "tail", "cat")).stdout).toBe(`${ESC}[31mred\r\n\n`);
  });
});

describe("update with a daemon that has taskmaster.update", () => {
  const updates = [
    { group: "old", change: "removed", stopped: 0 },
    { group: "web", change: "changed", stopped: 2 },
    { group: "prio", change: "changed", stopped: 0 },
    { group: "new", change: "added", stopped: 0 },
  ];

  it("leaves all to one call and tells what it did", async () => {
    const outcome = await runAgainst(() => ({ value: updates }), "update");
    expect(outcome).toEqual({
      stdout:
        "old: stopped\nold: removed process group\nweb: stopped\nweb: updated process group\nprio: updated process group\nnew: added process group\n",
      stderr: "",
      status: 0,
    });
    expect(daemon?.calls).toEqual([["taskmaster.update"]]);
  });

  it("names the groups, and goes on without those that the daemon does not know", async () => {
    daemon = await startFakeDaemon((_method, [groups]) => {
      const unknown = Array.isArray(groups) ? groups.find((group) => group !== "web") : undefined;
      return unknown === undefined ? { value: updates.slice(1, 2) } : { fault: { name: "BAD_NAME", detail: String(unknown) } };
    });
    const outcome = await runClient(TASKMASTERCTL, ["-s", daemon.url, "update", "zz", "web", "web", "yy"]);
    expect(outcome.stdout).toBe("ERROR: no such group: zz\nERROR: no such group: yy\nweb: stopped\nweb: updated process group\n");
    expect(outcome.status).toBe(1);
    expect(daemon.calls.at(-1)).toEqual(["taskmaster.update", ["web"]]);
  });

  it("refuses during a shutdown", async () => {
    const outcome = await runAgainst(() => ({ fault: { name: "SHUTDOWN_STATE" } }), "update");
    expect(outcome).toEqual({ stdout: "ERROR: already shutting down\n", stderr: "", status: 1 });
  });

  it("tells why the files cannot be read", async () => {
    const outcome = await runAgainst(() => ({ fault: { name: "CANT_REREAD", detail: "x" } }), "update");
    expect(outcome).toEqual({ stdout: "error: <Fault 92: 'CANT_REREAD: x'>\n", stderr: "", status: 1 });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type WebSocket, WebSocket as WebSocketClient } from "ws";
import { freePort } from "../support/free-port.ts";
import { PYTHON } from "../support/python.ts";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";
import { runClient, TASKMASTERCTL } from "./clients.ts";
import { openTerminal, type PseudoTerminal } from "./pseudo-terminal.ts";

/** A program that fills the screen: draws its size, and what was typed. */
const FULL_SCREEN = `
import curses
def main(screen):
    typed = ""
    while True:
        screen.erase()
        rows, columns = screen.getmaxyx()
        screen.addstr(1, 2, "%dx%d %s" % (columns, rows, typed))
        screen.refresh()
        key = screen.getch()
        if key == curses.KEY_RESIZE:
            continue
        typed += chr(key)
curses.wrapper(main)
`;

const CONFIGURATION = `
programs:
  py: { cmd: "${PYTHON} -i -q", tty: true, starttime: 0 }
  full: { cmd: [${JSON.stringify(PYTHON)}, -c, ${JSON.stringify(FULL_SCREEN)}], tty: true, starttime: 0 }
  short: { cmd: "sh -c 'read line; echo bye $line'", tty: true, starttime: 0, autorestart: never }
  plain: { cmd: "sh -c 'while read line; do echo got $line; done'", starttime: 0 }
`;

const DETACH = "\u001d";
const CTRL_C = "\u0003";

let daemon: TestDaemon;
const terminals: PseudoTerminal[] = [];

beforeAll(async () => {
  daemon = await new TestDaemon(CONFIGURATION).start();
});
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.kill();
});
afterAll(() => daemon?.stop());

const url = () => `unix://${daemon.socket}`;

function attach(...words: readonly string[]): PseudoTerminal {
  const terminal = openTerminal(TASKMASTERCTL, ["-s", url(), "attach", ...words]);
  terminals.push(terminal);
  return terminal;
}

describe("attach", () => {
  it("puts a program on the terminal, Ctrl-C too, and leaves it running at Ctrl-]", async () => {
    const before = await daemon.info("py");
    const terminal = attach("py");
    await terminal.see(">>> ");
    terminal.type("6 * 7\r");
    await terminal.see("42");
    terminal.type(CTRL_C);
    await terminal.see("KeyboardInterrupt");
    terminal.type(DETACH);
    await terminal.see("detached from py");
    expect(await terminal.ended()).toBe(0);
    expect((await daemon.info("py")).pid).toBe(before.pid);
  });

  it("shows one who comes later what was there, and several see and type alike", async () => {
    const first = attach("py");
    await first.see(">>> ");
    first.type("print('al' + 'pha')\r");
    await first.see("alpha");
    const second = attach("py");
    await second.see("alpha");
    second.type("print('be' + 'ta')\r");
    await first.see("beta");
    second.type(DETACH);
    expect(await second.ended()).toBe(0);
    first.type("print('gam' + 'ma')\r");
    await first.see("gamma");
  });

  it("sends nothing for one who only looks", async () => {
    const reader = attach("--read-only", "--detach-key", "ctrl-a", "py");
    await reader.see(">>> ");
    reader.type("print('never' + 'more')\r");
    const writer = attach("py");
    await writer.see(">>> ");
    writer.type("print('done' + 'now')\r");
    await reader.see("donenow");
    expect(await daemon.call("supervisor.tailProcessStdoutLog", "py", 0, 100_000)).not.toEqual(
      expect.arrayContaining([expect.stringContaining("nevermore")]),
    );
    reader.type("\u0001");
    expect(await reader.ended()).toBe(0);
  });

  it("tells a program of the size of the terminal, and has the screen drawn for one who comes", async () => {
    const first = attach("full");
    await first.see("80x24");
    first.resize(70, 20);
    await first.see("70x20");
    first.type("q");
    await first.see("q");
    first.type(DETACH);
    await first.see("detached");
    const second = attach("full");
    await second.see("80x24 q");
    second.type(DETACH);
    // The other screen is left, and the terminal is as before.
    await second.see("\u001b[?1049l");
    expect(await second.ended()).toBe(0);
  });

  it("tells when the program ends, and shows the next one", async () => {
    const terminal = attach("short");
    await terminal.see("detaches <==");
    terminal.type("now\r");
    await terminal.see("bye now");
    await terminal.see("short has ended; Ctrl-] detaches");
    await daemon.call("supervisor.startProcess", "short");
    await terminal.see("short runs, pid ");
    terminal.type("again\r");
    await terminal.see("bye again");
  });

  it("is fg for a program without a terminal, and says what is wrong", async () => {
    const terminal = attach("plain");
    await terminal.see("Press Ctrl-C to exit");
    terminal.type("x\r");
    await terminal.see("got x");
    // Unlike Ctrl-D it counts whenever it comes, also while nobody reads.
    terminal.type(CTRL_C);
    expect(await terminal.ended()).toBe(0);
    const ctl = (...words: readonly string[]) => runClient(TASKMASTERCTL, ["-s", url(), "attach", ...words]);
    expect(await ctl("py")).toMatchObject({ stdout: expect.stringContaining("attach needs a terminal"), status: 1 });
    expect(await ctl("nope")).toMatchObject({ stdout: "nope: ERROR (no such process)\n", status: 1 });
    expect(await ctl()).toMatchObject({ stdout: expect.stringContaining("requires a process name"), status: 2 });
    expect(await ctl("--detach-key", "x", "py")).toMatchObject({ stdout: expect.stringContaining("no such key: x"), status: 2 });
  });
});

describe("GET /attach/NAME", () => {
  let guarded: TestDaemon;
  const sockets: WebSocket[] = [];
  let port: number;
  const origin = () => `127.0.0.1:${port}`;

  beforeAll(async () => {
    port = await freePort();
    const http = `http: { unix: { file: s.sock }, inet: { port: ${port}, username: u, password: p } }`;
    guarded = await new TestDaemon(`${CONFIGURATION}${http}\n`).start();
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.terminate();
  });
  afterAll(() => guarded?.stop());

  /** The messages of a connection, or the status with which it was refused. */
  function open(
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ socket: WebSocket; heard: string[] } | number> {
    const socket = new WebSocketClient(`ws://${origin()}${path}`, { headers });
    sockets.push(socket);
    const heard: string[] = [];
    socket.on("message", (message) => heard.push(message.toString()));
    return new Promise((resolve, reject) => {
      socket.on("open", () => resolve({ socket, heard }));
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
      socket.on("error", reject);
    });
  }

  const login = { Authorization: `Basic ${Buffer.from("u:p").toString("base64")}` };

  it("lets in who may, from no page of another site", async () => {
    expect(await open("/attach/py", {})).toBe(401);
    expect(await open("/attach/py", { ...login, Origin: "http://evil.example" })).toBe(403);
    expect(await open("/attach/nope", login)).toBe(404);
    expect(await open("/attach/plain", login)).toBe(409);
    expect(await open("/elsewhere", login)).toBe(404);
    const session = await open("/attach/py", { ...login, Origin: `http://${origin()}` });
    if (typeof session === "number") throw new Error(`refused with ${session}`);
    await waitFor("a prompt", () => session.heard.join("").includes(">>> "));
    expect(JSON.parse(session.heard[0] as string)).toMatchObject({ type: "hello", pid: expect.any(Number), read_only: false });
  });

  it("answers in HTTP who wants no WebSocket, or another protocol", async () => {
    const ask = (path: string, headers: Readonly<Record<string, string>>, method = "GET") =>
      fetch(`http://${origin()}${path}`, { method, headers: { ...login, ...headers } });
    const plain = await ask("/attach/py", {});
    expect([plain.status, plain.headers.get("upgrade")]).toEqual([426, "websocket"]);
    expect((await ask("/attach/py", {}, "POST")).status).toBe(405);
    const curl = await runClient("curl", [
      ...["-sS", "--http2", "-u", "u:p", "-H", "Content-Type: text/xml", "--data-binary"],
      "<methodCall><methodName>supervisor.getState</methodName></methodCall>",
      `http://${origin()}/RPC2`,
    ]);
    expect(curl.stdout).toContain("RUNNING");
  });

  it("shows a viewer that was slow where the program has got to, and keeps nothing for it", async () => {
    const slow = await open("/attach/py", login);
    if (typeof slow === "number") throw new Error(`refused with ${slow}`);
    const hasEnded = (heard: readonly string[]) => heard.slice(-20).join("").includes("through");
    slow.socket.pause();
    slow.socket.send(Buffer.from("print('x' * 30_000_000); print('th' + 'rough')\r"));
    const other = await open("/attach/py", login);
    if (typeof other === "number") throw new Error(`refused with ${other}`);

    await waitFor("the end of it", () => hasEnded(other.heard));
    slow.socket.resume();
    await waitFor("the slow one to be there", () => hasEnded(slow.heard));
    expect(slow.heard.join("").length).toBeLessThan(20_000_000);
    expect(slow.heard.some((message) => message.startsWith("\u001bc"))).toBe(true);
  });

  it("ends with the daemon's part of it, whatever is sent", async () => {
    const session = await open("/attach/py", login);
    if (typeof session === "number") throw new Error(`refused with ${session}`);
    for (const text of ["{", "null", "7", '{"type":"resize","columns":-1,"rows":1e9}', '{"type":"resize"}'])
      session.socket.send(text);
    session.socket.send(Buffer.from("print('still' + 'here')\r"));
    await waitFor("an answer", () => session.heard.join("").includes("stillhere"));
    await guarded.call("supervisor.removeProcessGroup", "py").catch(() => undefined);
    await guarded.call("supervisor.stopProcess", "py");
    await waitFor("the news", () => session.heard.includes('{"type":"ended"}'));
    await guarded.call("supervisor.removeProcessGroup", "py");
    await waitFor("the end", () => session.socket.readyState === WebSocketClient.CLOSED);
  });
});

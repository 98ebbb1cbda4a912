import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "../support/wait.ts";
import { runClient, TASKMASTERCTL } from "./clients.ts";
import { openTerminal, type PseudoTerminal } from "./pseudo-terminal.ts";

const CTRL_D = "\u0004";

let folder: string;
const terminals: PseudoTerminal[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "taskmaster-up-")));
  configure("sleep 1001");
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) terminal.kill();
  await ctl("shutdown");
  await waitFor("the daemon to be gone", () => !existsSync(join(folder, "pid")));
  rmSync(folder, { recursive: true });
});

function configure(command: string, more = ""): void {
  const text = `
programs: { web: { cmd: ${command}, starttime: 0 } }
http: { unix: { file: s.sock } }
daemon: { logfile: daemon.log, pidfile: pid, childlogdir: ., runtimedir: run${more} }
`;
  writeFileSync(join(folder, "t.yaml"), text);
}

const ctl = (...words: readonly string[]) => runClient(TASKMASTERCTL, ["-s", `unix://${folder}/s.sock`, ...words]);

function up(): PseudoTerminal {
  const terminal = openTerminal(TASKMASTERCTL, ["up", "-c", join(folder, "t.yaml")]);
  terminals.push(terminal);
  return terminal;
}

const pid = () => Number(readFileSync(join(folder, "pid"), "utf8"));

describe("up", () => {
  it.each(["", ", nodaemon: true"])("runs daemon and shell, and stops the daemon with whoever wants that (%s)", async (more) => {
    configure("sleep 1001", more);
    const terminal = up();
    await terminal.see("RUNNING");
    await terminal.see("taskmaster> ");
    const daemon = pid();
    terminal.type(CTRL_D);
    await terminal.see("Stop the daemon and its 1 running processes y/N? ");
    terminal.type("y\r");
    await terminal.see("stopped");
    expect(await terminal.ended()).toBe(0);
    await waitFor("the daemon to be gone", () => !existsSync(`/proc/${daemon}`));
  });

  it("lets it go on in the background, and comes back to it", async () => {
    const terminal = up();
    await terminal.see("taskmaster> ");
    terminal.type(CTRL_D);
    await terminal.see("y/N? ");
    terminal.type("\r");
    await terminal.see("they go on");
    expect(await terminal.ended()).toBe(0);
    expect((await ctl("status")).stdout).toContain("RUNNING");
    const again = up();
    await again.see(`a daemon runs here already, pid ${pid()}`);
    await again.see("taskmaster> ");
    again.type(CTRL_D);
    expect(await again.ended()).toBe(0);
    expect((await ctl("status")).stdout).toContain("RUNNING");
  });

  it("asks nothing after a shutdown in the shell", async () => {
    const terminal = up();
    await terminal.see("taskmaster> ");
    terminal.type("shutdown\r");
    await terminal.see("y/N? ");
    terminal.type("y\r");
    await terminal.see("Shut down");
    await waitFor("the daemon to be gone", () => !existsSync(join(folder, "pid")));
    terminal.type(CTRL_D);
    expect(await terminal.ended()).toBe(0);
  });

  it("tells why a daemon does not start", async () => {
    writeFileSync(join(folder, "t.yaml"), "programs: { web: { cmdd: x } }\n");
    const terminal = up();
    await terminal.see("1:20: cannot use the unknown key");
    expect(await terminal.ended()).not.toBe(0);
  });

  it("is the daemon in the foreground where there is no terminal", async () => {
    const child = spawn(TASKMASTERCTL, ["up", "-c", join(folder, "t.yaml")], { stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    child.stdout.on("data", (text) => {
      printed += text;
    });
    await waitFor("the daemon", () => printed.includes("web entered RUNNING state"));
    child.kill("SIGTERM");
    const [code] = await new Promise<[number | null]>((resolve) => child.on("exit", (status) => resolve([status])));
    expect(code).toBe(0);
    expect(existsSync(join(folder, "pid"))).toBe(false);
  });
});

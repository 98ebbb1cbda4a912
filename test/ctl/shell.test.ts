import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { TASKMASTERCTL } from "./clients.ts";
import { openTerminal, type PseudoTerminal } from "./pseudo-terminal.ts";
import { type RealSupervisord, startSupervisord } from "./real-supervisord.ts";

const CTRL_C = "\u0003";
const CTRL_R = "\u0012";
const CTRL_D = "\u0004";
const ARROW_UP = "\u001b[A";

let daemon: RealSupervisord;
let terminal: PseudoTerminal | undefined;

beforeAll(async () => {
  daemon = await startSupervisord(`
[program:cat]
command=/bin/cat
startsecs=0
[program:slow]
command=/bin/sleep 1000
autostart=false
startsecs=30
[program:sleeper]
command=/bin/sleep 1000
autostart=false
startsecs=0
`);
  await daemon.settle((statuses) => statuses.includes("RUNNING"));
});

afterEach(() => terminal?.kill());
afterAll(() => daemon.stop());

async function openShell(...words: readonly string[]): Promise<PseudoTerminal> {
  terminal = openTerminal(TASKMASTERCTL, ["-c", daemon.configuration, ...words]);
  return terminal;
}

describe("the shell", () => {
  it("shows the status, runs what is typed, and leaves at Ctrl-D with 0", async () => {
    const shell = await openShell();
    await shell.see("RUNNING");
    await shell.see("supervisor> ");
    shell.type("bogus\n");
    await shell.see("*** Unknown syntax: bogus");
    await shell.see("supervisor> ");
    shell.type(CTRL_D);
    expect(await shell.ended()).toBe(0);
  });

  it("drops the line at Ctrl-C, and goes on", async () => {
    const shell = await openShell();
    await shell.see("supervisor> ");
    shell.type(`shutdown${CTRL_C}`);
    shell.type(CTRL_C);
    await shell.see("Ctrl-D or exit leaves");
    shell.type("version\n");
    await shell.see("4.2.5");
  });

  it("shows a menu with the state of each name, and takes what is chosen", async () => {
    const shell = await openShell();
    await shell.see("supervisor> ");
    shell.type("status ");
    await shell.see("sleeper  STOPPED");
    shell.type("\t\t\r");
    await shell.see("status sleeper ");
    shell.type("\r");
    await shell.see("never started");
  });

  it("runs what was pasted only when the user agrees", async () => {
    const shell = await openShell();
    await shell.see("supervisor> ");
    shell.type("\u001b[200~version\rpid cat\r\u001b[201~");
    await shell.see("pid cat");
    shell.type("\r");
    await shell.see("run these 2 lines, one after the other? y/N");
    shell.type("y");
    await shell.see("4.2.5");
  });

  it("finds an earlier line with Ctrl-R", async () => {
    const history = join(daemon.folder, "searched");
    writeFileSync(history, "version\nstatus\n");
    const shell = await openShell("-r", history);
    await shell.see("supervisor> ");
    shell.type(`${CTRL_R}vers`);
    await shell.see("(search) vers: version");
    shell.type("\r");
    await shell.see("4.2.5");
  });

  it("completes actions and names with Tab", async () => {
    const shell = await openShell();
    await shell.see("supervisor> ");
    shell.type("statu\t");
    await shell.see("status ");
    shell.type("slee\t");
    await shell.see("sleeper ");
    shell.type("\n");
    await shell.see("never started");
  });

  it("draws the line anew when the terminal changes its size, wide characters too", async () => {
    const shell = await openShell();
    await shell.see("supervisor> ");
    const text = "x 日本語日本語日本語日本語";
    shell.type(text);
    await shell.see(text);
    shell.resize(20, 24);
    // The prompt takes 12 columns, each character two.
    await shell.see("supervisor> x 日本語\r");
    await shell.see("日本語日本語日本語");
    shell.resize(80, 24);
    await shell.see(`supervisor> ${text}`);
  });

  it("comes back from a command that lasts at Ctrl-C, and lets it go on", async () => {
    const shell = await openShell();
    await shell.see("supervisor> ");
    shell.type("start slow\n");
    await shell.see("starting: 0 of 1");
    shell.type(CTRL_C);
    await shell.see("no longer waiting");
    await shell.see("supervisor> ");
    shell.type("status slow\n");
    await shell.see("STARTING");
    shell.type("stop slow\n");
    await shell.see("slow: stopped");
  });

  it("keeps its lines in the history file", async () => {
    const history = join(daemon.folder, "history");
    writeFileSync(history, "pid\nversion\n");
    const shell = await openShell("-r", history);
    await shell.see("supervisor> ");
    shell.type(`${ARROW_UP}\n`);
    await shell.see("4.2.5");
    await shell.see("supervisor> ");
    shell.type("exit\n");
    expect(await shell.ended()).toBe(0);
    expect(readFileSync(history, "utf8")).toBe("pid\nversion\nexit\n");
  });

  it("asks before a shutdown", async () => {
    const shell = await openShell();
    await shell.see("supervisor> ");
    shell.type("shutdown\n");
    await shell.see("Really shut the remote supervisord process down y/N? ");
    shell.type("n\n");
    await shell.see("supervisor> ");
    shell.type("version\n");
    await shell.see("4.2.5");
  });

  it("asks for a login until it is the right one, without showing the password", async () => {
    const shell = await openShell("-s", daemon.inetUrl);
    for (const password of ["wrong", "secret"]) {
      await shell.see("Server requires authentication");
      await shell.see("Username:");
      shell.type("user\n");
      await shell.see("Password:");
      shell.type(`${password}\n`);
    }
    await shell.see("cat ");
    await shell.see("supervisor> ");
  });
});

describe("what lasts until Ctrl-C", () => {
  it("a log that is followed, from which the shell comes back", async () => {
    const shell = await openShell();
    await shell.see("supervisor> ");
    shell.type("tail -f cat\n");
    await shell.see("==> Press Ctrl-C to exit <==");
    shell.type(CTRL_C);
    await shell.see("supervisor> ");
  });

  it("a process in the foreground, which gets the lines that are typed", async () => {
    const shell = await openShell("fg cat");
    await shell.see("==> Press Ctrl-C to exit <==");
    shell.type("hello\n");
    // The echo of the editor ends in CR CR LF: this is what cat wrote.
    await shell.see("hello\r\n");
    shell.type(CTRL_C);
    await shell.see("Exiting foreground");
    expect(await shell.ended()).toBe(0);
  });
});

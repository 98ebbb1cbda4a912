import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";
import { runClient, TASKMASTERCTL } from "./clients.ts";
import { openTerminal, type PseudoTerminal } from "./pseudo-terminal.ts";

let daemon: TestDaemon;
let home: string;
let terminal: PseudoTerminal | undefined;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "taskmaster-home-"));
  daemon = new TestDaemon(
    "programs: { web: { cmd: sleep 1001, starttime: 0 } }\nhttp: { unix: { file: s.sock, username: u, password: secret } }",
  );
  daemon.launch();
  await waitFor("the daemon to listen", () => existsSync(daemon.socket));
});
afterEach(() => terminal?.kill());
afterAll(async () => {
  await daemon?.stop();
  rmSync(home, { recursive: true });
});

const env = () => ({ ...process.env, XDG_CONFIG_HOME: home, TASKMASTER_SERVER_URL: `unix://${daemon.socket}` });
const ctl = (...words: readonly string[]) => runClient(TASKMASTERCTL, words, { env: env() });
const file = () => join(home, "taskmaster", "logins.json");

function onScreen(...words: readonly string[]): PseudoTerminal {
  const variables = [`XDG_CONFIG_HOME=${home}`, `TASKMASTER_SERVER_URL=unix://${daemon.socket}`];
  terminal = openTerminal("/usr/bin/env", [...variables, TASKMASTERCTL, ...words]);
  return terminal;
}

describe("login", () => {
  it("asks, keeps what the daemon takes in a private file, and forgets it", async () => {
    expect((await ctl("pid")).stdout).toContain("Server requires authentication");
    let screen = onScreen("login");
    await screen.see("Username: ");
    screen.type("u\n");
    await screen.see("Password: ");
    screen.type("wrong\n");
    await screen.see("ERROR: this is not the username and password of the daemon");
    expect(await screen.ended()).toBe(1);

    screen = onScreen("login", "u");
    await screen.see("Password: ");
    screen.type("secret\n");
    await screen.see("logged in to unix://");
    expect(await screen.ended()).toBe(0);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(await ctl("pid")).toMatchObject({ stdout: `${daemon.pid}\n`, status: 0 });
    // What the call itself says goes before it.
    expect((await ctl("-u", "u", "-p", "wrong", "pid")).stdout).toContain("Server requires authentication");

    expect(await ctl("login", "--forget")).toMatchObject({ stdout: expect.stringContaining("forgot the login"), status: 0 });
    expect(readFileSync(file(), "utf8")).not.toContain("secret");
    expect((await ctl("pid")).stdout).toContain("Server requires authentication");
  });

  it("says what is wrong", async () => {
    expect(await ctl("login", "a", "b")).toMatchObject({ stdout: expect.stringContaining("takes one username"), status: 2 });
    expect((await ctl("-s", "unix:///no/such", "login", "u")).stdout).toContain("No such file or directory");
  });
});

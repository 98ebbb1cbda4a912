import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { TestDaemon } from "../support/test-daemon.ts";
import { runClient, TASKMASTERCTL } from "./clients.ts";
import { openTerminal, type PseudoTerminal } from "./pseudo-terminal.ts";

const CONFIGURATION = `
programs:
  web: { cmd: sleep 1001, starttime: 0, numprocs: 2 }
  database: { cmd: sleep 1002, starttime: 0, autostart: false }
`;

let daemon: TestDaemon;
let folder: string;
let terminal: PseudoTerminal | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "taskmaster-completion-"));
  symlinkSync(TASKMASTERCTL, join(folder, "taskmasterctl"));
  daemon = await new TestDaemon(CONFIGURATION).start();
  await daemon.reach("web:web_01", "RUNNING");
});
afterEach(() => terminal?.kill());
afterAll(async () => {
  await daemon?.stop();
  rmSync(folder, { recursive: true });
});

const env = () => ({
  ...process.env,
  PATH: `${folder}:${process.env.PATH}`,
  TASKMASTER_SERVER_URL: `unix://${daemon.socket}`,
  HOME: folder,
});

const suggest = async (line: string) => {
  const { stdout } = await runClient(TASKMASTERCTL, ["completion", "suggest", "--", line], { env: env() });
  return stdout.split("\n").filter(Boolean);
};
const words = (lines: readonly string[]) => lines.map((line) => line.split("\t")[0]);

describe("completion suggest", () => {
  it("tells commands, names fit for the command, and options, each with what it is", async () => {
    expect(await suggest("taskmasterctl stat")).toContain("status\tShow the state of a process");
    expect(await suggest("taskmasterctl stop ")).toEqual([
      "web:web_00\tRUNNING",
      "web:web_01\tRUNNING",
      "web:*\t2 processes",
      "all\t2 processes",
    ]);
    expect(await suggest("taskmasterctl start ")).toEqual(["database\tSTOPPED"]);
    expect(words(await suggest("taskmasterctl status --so"))[0]).toBe("--sort");
    expect(words(await suggest("taskmasterctl --ser"))).toEqual(["--serverurl"]);
  });

  it("asks the daemon that the line names, and has nothing to say of one that is not there", async () => {
    expect(words(await suggest(`taskmasterctl -s unix://${daemon.socket} stop web:web_00 web`))).toEqual(["web:web_01", "web:*"]);
    expect(await suggest("taskmasterctl -s unix:///no/such stop w")).toEqual([]);
    expect(await suggest("taskmasterctl -s")).toEqual([]);
    expect((await suggest("taskmasterctl check /et")).map((line) => line.split("\t")[0])).toContain("/etc/");
  });
});

describe("the completion of", () => {
  it("bash completes names with colons, alone and among others", async () => {
    const ask = (line: string, breaks = " :=") =>
      runClient(
        "bash",
        [
          "-c",
          `source <(taskmasterctl completion bash); COMP_WORDBREAKS='${breaks}'; COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE};
         _taskmasterctl taskmasterctl 2>/dev/null; printf '%s\n' "\${COMPREPLY[@]}"`,
        ],
        { env: env() },
      );
    expect((await ask("taskmasterctl stop web:")).stdout).toBe("web_00\nweb_01\n*\n");
    expect((await ask("taskmasterctl stop web:", " ")).stdout).toBe("web:web_00\nweb:web_01\nweb:*\n");
    expect((await ask("taskmasterctl upl")).stdout).toBe("upload\n");
  });

  it("fish completes with explanations", async () => {
    const { stdout } = await runClient(
      "fish",
      ["-c", "taskmasterctl completion fish | source; complete -C 'taskmasterctl start d'"],
      { env: env() },
    );
    expect(stdout).toBe("database\tSTOPPED\n");
  });

  it("zsh completes what is typed", async () => {
    const { PATH, HOME, TASKMASTER_SERVER_URL } = env();
    terminal = openTerminal("/usr/bin/env", [
      `PATH=${PATH}`,
      `HOME=${HOME}`,
      `TASKMASTER_SERVER_URL=${TASKMASTER_SERVER_URL}`,
      "PS1=ready> ",
      "zsh",
      "-f",
      "-i",
    ]);
    await terminal.see("ready> ");
    terminal.type("autoload -U compinit && compinit -u -D && source <(taskmasterctl completion zsh) && echo loa''ded\n");
    await terminal.see("loaded");
    terminal.type("taskmasterctl start data\t");
    await terminal.see("start database ");
    terminal.type("\u0015taskmasterctl stop web:web_0\t\t");
    await terminal.see("web:web_01");
  });
});

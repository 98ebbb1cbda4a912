import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { TestDaemon } from "../support/test-daemon.ts";
import { runClient, TASKMASTERCTL } from "./clients.ts";
import { openTerminal, type PseudoTerminal } from "./pseudo-terminal.ts";

const CONFIGURATION = "programs: { web: { cmd: sleep 1001, starttime: 0 } }";

let daemon: TestDaemon;
let terminal: PseudoTerminal | undefined;

beforeAll(async () => {
  daemon = await new TestDaemon(CONFIGURATION).start();
  await daemon.reach("web", "RUNNING");
});
afterEach(() => terminal?.kill());
afterAll(() => daemon?.stop());

/** Edits with a program that makes each of these changes in turn, one each time that it is called. */
function edit(...changes: readonly string[]): PseudoTerminal {
  const editor = join(daemon.folder, "editor");
  const turns = changes.map((change, index) => `${index}) ${change};;`).join(" ");
  writeFileSync(join(daemon.folder, "turn"), "0");
  writeFileSync(
    editor,
    `#!/bin/sh\nturn=$(cat ${daemon.folder}/turn)\necho $((turn + 1)) >${daemon.folder}/turn\ncase $turn in ${turns} esac\n`,
  );
  chmodSync(editor, 0o755);
  terminal = openTerminal("/usr/bin/env", [`VISUAL=${editor}`, TASKMASTERCTL, "-s", `unix://${daemon.socket}`, "edit"]);
  return terminal;
}

describe("edit", () => {
  it("shows what the new text would do, and with consent does it", async () => {
    const screen = edit("sed -i 's/1001/1002/' \"$1\"");
    await screen.see("cmd");
    await screen.see("y/N? ");
    screen.type("y\r");
    await screen.see("replaced; what it was is in ");
    expect(await screen.ended()).toBe(0);
    expect(daemon.read("taskmaster.yaml")).toContain("sleep 1002");
  });

  it("lets a text with mistakes be edited again", async () => {
    const screen = edit("sed -i 's/cmd:/cmmd:/' \"$1\"", "sed -i 's/cmmd: sleep 1002/cmd: sleep 1003/' \"$1\"");
    await screen.see('cannot use the unknown key "cmmd"');
    await screen.see("Edit it again y/N? ");
    screen.type("y\r");
    await screen.see("y/N? ");
    screen.type("y\r");
    await screen.see("replaced");
    expect(await screen.ended()).toBe(0);
    expect(daemon.read("taskmaster.yaml")).toContain("sleep 1003");
  });

  it("changes nothing without consent, and loses nothing that was typed", async () => {
    const screen = edit("sed -i 's/1003/1004/' \"$1\"");
    await screen.see("y/N? ");
    screen.type("n\r");
    await screen.see("Edit it again y/N? ");
    screen.type("n\r");
    await screen.see("the text is in ");
    expect(await screen.ended()).toBe(1);
    expect(daemon.read("taskmaster.yaml")).toContain("sleep 1003");
  });

  it("says when nothing was changed, when the editor fails, and that it needs a terminal", async () => {
    let screen = edit("true");
    await screen.see("nothing was changed");
    expect(await screen.ended()).toBe(0);
    screen = edit("exit 3");
    await screen.see("ended with status 3; the text is in ");
    expect(await screen.ended()).toBe(1);
    const piped = await runClient(TASKMASTERCTL, ["-s", `unix://${daemon.socket}`, "edit"]);
    expect(piped).toMatchObject({ stdout: "ERROR: edit needs a terminal; a script can use upload\n", status: 2 });
  });
});

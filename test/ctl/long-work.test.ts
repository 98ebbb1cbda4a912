import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";
import { runClient, TASKMASTERCTL } from "./clients.ts";
import { openTerminal, type PseudoTerminal } from "./pseudo-terminal.ts";

const CONFIGURATION = `
programs:
  quick: { cmd: sleep 1001, starttime: 0, autostart: false, numprocs: 3 }
  slow: { cmd: sleep 1002, starttime: 4, autostart: false, numprocs: 5 }
  web: { cmd: "sh -c 'test -e stop && exit 1; exec sleep 1003'", workingdir: ., starttime: 300ms, startretries: 0, numprocs: 3 }
`;

const CTRL_C = "\u0003";

let daemon: TestDaemon;
let terminal: PseudoTerminal | undefined;

beforeAll(async () => {
  daemon = await new TestDaemon(CONFIGURATION).start();
  for (const name of ["web_00", "web_01", "web_02"]) await daemon.reach(`web:${name}`, "RUNNING");
});
afterEach(() => terminal?.kill());
afterAll(() => daemon?.stop());

const words = (...more: readonly string[]) => ["-s", `unix://${daemon.socket}`, ...more];
const ctl = (...more: readonly string[]) => runClient(TASKMASTERCTL, words(...more));

function onScreen(...more: readonly string[]): PseudoTerminal {
  terminal = openTerminal(TASKMASTERCTL, words(...more));
  return terminal;
}

describe("work that lasts", () => {
  it("shows how far it is and whom it waits for, and how it ended", async () => {
    const screen = onScreen("start", "quick:*", "slow:*");
    await screen.see("starting: 3 of 8 after 1 s, waiting for slow:slow_00, slow:slow_01, slow:");
    await screen.see("slow:slow_00: started");
    await screen.see("started 8 of 8 in ");
    expect(await screen.ended()).toBe(0);
    await ctl("stop", "slow:*");
  });

  it("is no longer waited for after Ctrl-C, and goes on", async () => {
    const screen = onScreen("start", "slow:*");
    await screen.see("starting: 0 of 5");
    screen.type(CTRL_C);
    await screen.see("no longer waiting: the daemon goes on starting");
    expect(await screen.ended()).toBe(130);
    await daemon.reach("slow:slow_04", "RUNNING");
    await ctl("stop", "slow:*");
  });

  it("is not shown in a pipe, nor when it is over at once", async () => {
    expect((await ctl("restart", "quick:*")).stdout).not.toContain("restarting");
    const screen = onScreen("stop", "quick:*");
    await screen.see("quick_02: stopped");
    expect(await screen.ended()).toBe(0);
  });
});

describe("restart --rolling", () => {
  const pids = async () => {
    const all = (await daemon.call("supervisor.getAllProcessInfo")) as readonly { name: string; pid: number }[];
    return new Map(all.map(({ name, pid }) => [name, pid]));
  };

  it("restarts one after the other, each once the one before is up", async () => {
    const before = await pids();
    expect(await ctl("restart", "--rolling", "web:*", "quick:*")).toMatchObject({
      stdout: ["00", "01", "02"].map((number) => `web:web_${number}: stopped\nweb:web_${number}: started\n`).join(""),
      status: 0,
    });
    const after = await pids();
    for (const name of ["web_00", "web_01", "web_02"]) expect(after.get(name)).not.toBe(before.get(name));
    expect(after.get("quick_00")).toBe(0);
  });

  it("ends at the first that does not come up, and leaves the rest running", async () => {
    const before = await pids();
    await runClient("touch", [`${daemon.folder}/stop`]);
    expect(await ctl("restart", "--rolling", "web:*")).toMatchObject({
      stdout: "web:web_00: stopped\nweb:web_00: ERROR (spawn error)\nnot restarted: web:web_00 web:web_01 web:web_02\n",
      status: 7,
    });
    const after = await pids();
    expect(after.get("web_01")).toBe(before.get("web_01"));
    await runClient("rm", [`${daemon.folder}/stop`]);
    await ctl("start", "web:web_00");
    expect(await ctl("restart", "--rolling", "nope")).toMatchObject({ stdout: "nope: ERROR (no such process)\n", status: 1 });
  });

  it("ends between two processes at Ctrl-C", async () => {
    await daemon.reach("web:web_00", "RUNNING");
    const screen = onScreen("restart", "--rolling", "web:*");
    await screen.see("web:web_00: stopped");
    screen.type(CTRL_C);
    await screen.see("not restarted: web:web_01 web:web_02");
    expect(await screen.ended()).toBe(130);
    await waitFor("web_00 to be up", async () => (await daemon.info("web:web_00")).statename === "RUNNING");
  });
});

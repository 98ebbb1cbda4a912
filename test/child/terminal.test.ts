import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Terminal } from "../../src/child/terminal.ts";
import type { ProcessConfig } from "../../src/model/config.ts";
import type { Attachment, TerminalNews } from "../../src/model/terminal.ts";
import { aProcess, idOf, Nursery, until } from "./support.ts";

let nursery: Nursery;

beforeEach(() => {
  nursery = new Nursery();
});
afterEach(() => nursery.close());

function onTerminal(words: readonly string[], log = "log"): ProcessConfig {
  return aProcess(words, { tty: true, redirectStderr: true, stdout: nursery.file(log) });
}

const sh = (script: string) => ["sh", "-c", script];

class Viewer {
  screen = "";
  readonly news: TerminalNews["type"][] = [];
  readonly attachment: Attachment;

  constructor(config: ProcessConfig) {
    const terminal = nursery.children.terminal(idOf(config)) as Terminal;
    this.attachment = terminal.attach({
      show: (bytes) => {
        this.screen += bytes.toString();
      },
      tell: ({ type }) => void this.news.push(type),
      close: () => void this.news.push("ended"),
    });
  }

  type(text: string): void {
    expect(this.attachment.type(Buffer.from(text)).ok).toBe(true);
  }

  see(text: string): Promise<true> {
    return until(() => this.screen.includes(text) || undefined);
  }
}

describe("a process on a terminal", () => {
  it("has it as descriptors 0, 1 and 2 and as its controlling terminal, and a usual TERM", async () => {
    const script = "test -t 0 && test -t 1 && test -t 2 && echo here >/dev/tty && stty size && echo $TERM ${COLUMNS-none}";
    await nursery.run(onTerminal(sh(script)));
    expect(readFileSync(nursery.path("log"), "utf8")).toBe("here\n24 80\nxterm-256color none\n");
  });

  it("is read to its end, and its lines end in the log as the program ended them", async () => {
    await nursery.run(onTerminal(sh(`yes "$(printf '%0100d' 7)" | head -n 20000; printf 'a\\rb\\nend'`)));
    const log = readFileSync(nursery.path("log"), "utf8");
    expect(log).toBe(`${`${"7".padStart(100, "0")}\n`.repeat(20_000)}a\rb\nend`);
  });

  it("reads what is typed, by whoever looks or by its stdin, and Ctrl-C reaches it as SIGINT", async () => {
    const config = onTerminal(sh("trap 'echo caught; exit 7' INT; read a; read b; echo got $a $b; while :; do sleep 0.05; done"));
    const pid = nursery.spawn(config);
    const viewer = new Viewer(config);
    viewer.type("one\n");
    expect(nursery.children.writeStdin(idOf(config), Buffer.from("two\n")).ok).toBe(true);
    await viewer.see("got one two");
    viewer.type("\u0003");
    await viewer.see("caught");
    expect((await nursery.exitOf(pid)).exit).toEqual({ kind: "exited", code: 7 });
    expect(viewer.news).toEqual(["ended"]);
    expect(viewer.attachment.type(Buffer.from("x"))).toMatchObject({ fault: { name: "NOT_RUNNING" } });
  });

  it("is told of another size, and of a size again when it fills the screen", async () => {
    const config = onTerminal(sh("trap 'stty size' WINCH; printf '\\033[?1049h'; echo ready; while :; do sleep 0.05; done"));
    nursery.spawn(config);
    const viewer = new Viewer(config);
    await viewer.see("ready");
    viewer.attachment.resize({ columns: 100, rows: 40 });
    await viewer.see("40 100");
    viewer.screen = "";
    viewer.attachment.resize({ columns: 100, rows: 40 });
    await viewer.see("40 100");
  });

  it("shows what it wrote before to one who comes later, in the modes that it set, without asking anything", async () => {
    const config = onTerminal(sh("printf 'before\\033[6n\\033[c \\033[?25l\\033[?2004h after'; sleep 100"));
    nursery.spawn(config);
    await new Viewer(config).see("after");
    expect(new Viewer(config).attachment.replay().toString()).toBe("before \u001b[?25l\u001b[?2004h after");
  });

  it("leaves a usual terminal to its next child, which the same viewers see", async () => {
    const config = onTerminal(sh("printf '\\033[?1049h\\033[?25l'; read line; echo bye"));
    const first = nursery.spawn(config);
    const viewer = new Viewer(config);
    await viewer.see("\u001b[?25l");
    viewer.type("\n");
    await nursery.exitOf(first);
    expect(viewer.screen.endsWith("bye\r\n\u001b[?25h\u001b[?1049l\u001b[0m")).toBe(true);
    const second = nursery.spawn(config);
    viewer.type("\n");
    await nursery.exitOf(second);
    expect(viewer.news).toEqual(["ended", "started", "ended"]);
  });

  it("takes nothing more once the process is no more, and tells those who look", async () => {
    const config = onTerminal(sh("cat >/dev/null"));
    nursery.spawn(config);
    const viewer = new Viewer(config);
    viewer.type("x");
    nursery.children.discard(idOf(config));
    expect(viewer.news).toEqual(["ended"]);
    expect(viewer.attachment.type(Buffer.from("x"))).toMatchObject({ fault: { name: "NOT_RUNNING" } });
    viewer.attachment.resize({ columns: 10, rows: 10 });
  });

  it("is taken from those whom a child leaves behind, once the next child comes", async () => {
    const left = nursery.path("left");
    const script = `trap '' HUP; (while echo here; do sleep 0.05; done; echo $? >>${left}) & read go`;
    const config = onTerminal(sh(script));
    const first = nursery.spawn(config);
    new Viewer(config).type("\n");
    await nursery.exitOf(first);
    expect(existsSync(left)).toBe(false);
    const second = nursery.spawn(config);
    await until(() => existsSync(left) || undefined);
    new Viewer(config).type("\n");
    await nursery.exitOf(second);
    nursery.children.discard(idOf(config));
    expect(nursery.children.terminal(idOf(config))).toBeNull();
  });
});

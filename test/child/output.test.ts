import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutputFilter } from "../../src/child/child-log.ts";
import { signalNumber } from "../../src/model/signal.ts";
import { PIPE_BYTES } from "../../src/os/fifo.ts";
import { libc } from "../../src/os/libc.ts";
import { mayMount } from "../support/may-mount.ts";
import { aProcess, aStream, idOf, Nursery, until } from "./support.ts";

const KILL = signalNumber("KILL");

let nursery: Nursery;
beforeEach(() => {
  nursery = new Nursery();
});
afterEach(() => nursery.close());

function read(name: string): string {
  return readFileSync(nursery.path(name), "latin1");
}

function sh(script: string): readonly string[] {
  return ["sh", "-c", script];
}

/** What fits into a pipe, in bytes. */
function roomOfPipe(path: string): number {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return libc.fcntl(fd, F_GETPIPE_SZ, "int", 0);
  } finally {
    closeSync(fd);
  }
}

const F_GETPIPE_SZ = 1032;

/** Takes nothing out, and adds a secret. */
class Shouting implements OutputFilter {
  take(bytes: Buffer, give: (piece: Buffer, isText: boolean) => void): void {
    give(Buffer.from(bytes.toString().toUpperCase()), true);
    give(Buffer.from("a secret"), false);
  }

  end(give: (piece: Buffer, isText: boolean) => void): void {
    if (!this.#hasEnded) give(Buffer.from("END"), true);
    this.#hasEnded = true;
  }

  #hasEnded = false;
}

describe("the output of a child", () => {
  it("is in its logs when the exit is reported", async () => {
    const streams = { stdout: nursery.file("o"), stderr: nursery.file("e") };
    const { exit } = await nursery.run(aProcess(sh("echo out; echo err >&2; exit 3"), streams));
    expect(exit).toEqual({ kind: "exited", code: 3 });
    expect(read("o")).toBe("out\n");
    expect(read("e")).toBe("err\n");
  });

  it("may be written by opening /dev/stdout and /dev/stderr", async () => {
    const streams = { stdout: nursery.file("o"), stderr: nursery.file("e") };
    await nursery.run(aProcess(sh("echo x > /dev/stdout; echo y > /dev/stderr"), streams));
    expect(read("o")).toBe("x\n");
    expect(read("e")).toBe("y\n");
  });

  it("goes to one log in the order of writing when stderr is redirected", async () => {
    await nursery.run(aProcess(sh("echo 1; echo 2 >&2; echo 3"), { stdout: nursery.file("o"), redirectStderr: true }));
    expect(read("o")).toBe("1\n2\n3\n");
  });

  it("is read and thrown away when it has no log", async () => {
    const { exit } = await nursery.run(aProcess(sh("head -c 3000000 /dev/zero")));
    expect(exit).toEqual({ kind: "exited", code: 0 });
  });

  it("arrives from a program that looks at what its stdout is", async () => {
    const script = "process.stdout.write('x'.repeat(3e6), () => process.stdin.once('data', (data) => console.log(String(data))))";
    const config = aProcess([process.execPath, "-e", script], { stdout: nursery.file("o") });
    const pid = nursery.spawn(config);
    await until(() => statSync(nursery.path("o")).size === 3e6 || undefined);
    nursery.children.writeStdin(idOf(config), Buffer.from("echo"));
    await until(() => read("o").endsWith("xecho\n") || undefined);
    nursery.children.signal(pid, KILL, "process");
    await nursery.exitOf(pid);
  });

  it("arrives whole when much is written just before the exit", async () => {
    const bytes = 10 * 1024 * 1024;
    await nursery.run(aProcess(["head", "-c", String(bytes), "/dev/zero"], { stdout: nursery.file("o") }));
    expect(statSync(nursery.path("o")).size).toBe(bytes);
  });

  it("has a large pipe from its first word on", async () => {
    const config = aProcess(sh("read word; echo word; read word"), { stdout: nursery.file("o") });
    const pid = nursery.spawn(config);
    expect(roomOfPipe(`/proc/${pid}/fd/1`)).toBeLessThan(PIPE_BYTES);
    nursery.children.writeStdin(idOf(config), Buffer.from("go\n"));
    await until(() => roomOfPipe(`/proc/${pid}/fd/1`) === PIPE_BYTES || undefined);
    await until(() => read("o") === "word\n" || undefined);
    nursery.children.writeStdin(idOf(config), Buffer.from("end\n"));
    await nursery.exitOf(pid);
  });

  it("is the same byte for byte when its rotated files are put together", async () => {
    const limits = { maxBytes: 100_000, backups: 100 };
    await nursery.run(aProcess(["seq", "1", "400000"], { stdout: nursery.file("o", limits) }));
    const numbers = readdirSync(nursery.folder).flatMap((name) => (name.startsWith("o.") ? [Number(name.slice(2))] : []));
    expect(numbers.length).toBeGreaterThan(5);
    const whole =
      numbers
        .sort((a, b) => b - a)
        .map((number) => read(`o.${number}`))
        .join("") + read("o");
    expect(whole).toBe(execFileSync("seq", ["1", "400000"], { maxBuffer: 1e8 }).toString());
  });

  it("is appended to what the log has already", async () => {
    writeFileSync(nursery.path("o"), "before\n");
    await nursery.run(aProcess(sh("echo after"), { stdout: nursery.file("o") }));
    expect(read("o")).toBe("before\nafter\n");
  });

  it("loses its colours when they are not wanted", async () => {
    await nursery.close();
    nursery = new Nursery({ stripAnsi: true });
    await nursery.run(aProcess(sh("printf '\\033[1;31mred\\033[0m\\n\\033['"), { stdout: nursery.file("o") }));
    expect(read("o")).toBe("red\n\x1b[");
  });

  it("goes to the system's log too, line by line", async () => {
    await nursery.close();
    const messages: string[] = [];
    nursery = new Nursery({ syslog: { write: (message) => messages.push(Buffer.from(message).toString()) } });
    const stdout = { ...nursery.file("o"), syslog: true };
    await nursery.run(aProcess(sh("echo one; sleep 0.05; printf 'two\\nthr'; sleep 0.05; printf ee"), { stdout }));
    expect(messages).toEqual(["p one", "p two", "p three"]);
    expect(read("o")).toBe("one\ntwo\nthree");
  });

  it("passes a filter, of which only the text is logged, and all of it is told to the observer", async () => {
    await nursery.close();
    const heard: string[] = [];
    nursery = new Nursery({
      filterOutput: (_, channel) => (channel === "stderr" ? null : new Shouting()),
      observeOutput:
        ({ name }, channel) =>
        (bytes) =>
          heard.push(`${name} ${channel} ${bytes}`),
    });
    await nursery.run(aProcess(sh("echo a; echo b >&2"), { stdout: nursery.file("o") }));
    expect(read("o")).toBe("A\nEND");
    expect(heard.sort()).toEqual(["p stderr b\n", "p stdout A\n", "p stdout END", "p stdout a secret"]);
  });

  it("has no control sequences any more when it passes the filter", async () => {
    await nursery.close();
    const heard: string[] = [];
    nursery = new Nursery({
      stripAnsi: true,
      filterOutput: () => ({ take: (bytes) => heard.push(bytes.toString()), end() {} }),
    });
    await nursery.run(aProcess(sh("printf '\\033[1mbold\\033[0m'")));
    expect(heard.join("")).toBe("bold");
  });

  it("is no text when it is a talk with the daemon", async () => {
    await nursery.close();
    const heard: string[] = [];
    const messages: string[] = [];
    nursery = new Nursery({
      stripAnsi: true,
      syslog: { write: (message) => messages.push(String(message)) },
      tapOutput: (_, channel) => (channel === "stderr" ? null : (bytes) => heard.push(bytes.toString())),
    });
    nursery.level = "debug";
    await nursery.run(aProcess(sh("printf '\\033[1mOK\n'"), { stdout: nursery.file("o", { syslog: true }) }));
    expect(heard.join("")).toBe("\x1b[1mOK\n");
    expect(read("o")).toBe("OK\n");
    expect(nursery.activity).toEqual(["debug 'p' stdout output:\nb'OK\\n'"]);
    expect(messages).toEqual([]);
  });

  it("is shown in the activity log at level debug only", async () => {
    await nursery.run(aProcess(sh("echo quiet")));
    nursery.level = "debug";
    await nursery.run(aProcess(sh("echo loud; exec sleep 0")));
    await nursery.run(aProcess(sh("printf '\\377' >&2")));
    expect(nursery.activity).toEqual(["debug 'p' stdout output:\nloud\n", "debug 'p' stderr output:\nUndecodable: b'\\xff'"]);
  });
});

describe("a grandchild that holds the pipe", () => {
  // Both sides of the log: the child's line must be there at once, the grandchild's line at last.
  const config = () =>
    aProcess(sh("(trap '' HUP; while [ ! -e go ]; do sleep 0.05; done; echo late) & echo early"), {
      directory: nursery.folder,
      stdout: nursery.file("o"),
    });

  it("does not keep back what the filter held of the child's output", async () => {
    await nursery.close();
    nursery = new Nursery({
      filterOutput: () => ({ take() {}, end: (give) => give(Buffer.from("held\n"), true) }),
    });
    await nursery.run(config());
    expect(read("o")).toBe("held\n");
    writeFileSync(nursery.path("go"), "");
    await until(() => read("o") === "held\nheld\n" || undefined);
  });

  it("does not delay the exit, and is read to its end", async () => {
    await nursery.run(config());
    expect(read("o")).toBe("early\n");
    writeFileSync(nursery.path("go"), "");
    await until(() => read("o") === "early\nlate\n" || undefined);
  });

  it("shares the pipe with the next child", async () => {
    await nursery.run(config());
    await nursery.run(aProcess(sh("echo next"), { stdout: nursery.file("o") }));
    expect(read("o")).toBe("early\nnext\n");
    writeFileSync(nursery.path("go"), "");
    await until(() => read("o") === "early\nnext\nlate\n" || undefined);
  });

  it("is read to its end even when the process is discarded and comes back", async () => {
    const process = config();
    nursery.children.prepare(process);
    await nursery.run(process);
    nursery.children.discard(idOf(process));
    nursery.children.prepare(process);
    await nursery.run(aProcess(sh("echo other"), { stdout: nursery.file("o2") }));
    writeFileSync(nursery.path("go"), "");
    await until(() => read("o") === "early\nlate\n" || undefined);
    expect(read("o2")).toBe("other\n");
  });
});

describe("pipes whose names were cleaned away", () => {
  it("are made anew for the next child, and whoever holds the old ones is read to the end", async () => {
    const holder = sh("(while [ ! -e go ]; do sleep 0.05; done; echo late) & echo early");
    await nursery.run(aProcess(holder, { directory: nursery.folder, stdout: nursery.file("o") }));
    rmSync(nursery.path("run"), { recursive: true });
    await nursery.run(aProcess(sh("echo next"), { stdout: nursery.file("o") }));
    expect(read("o")).toBe("early\nnext\n");
    writeFileSync(nursery.path("go"), "");
    await until(() => read("o") === "early\nnext\nlate\n" || undefined);
  });
});

describe("a child that closes its output", () => {
  it("lives on", async () => {
    const config = aProcess(sh("echo bye; exec >&- 2>&-; exec sleep 1000"), { stdout: nursery.file("o") });
    const pid = nursery.spawn(config);
    await until(() => read("o") === "bye\n" || undefined);
    expect(nursery.children.signal(pid, KILL, "process")).toEqual({ kind: "sent" });
    expect((await nursery.exitOf(pid)).exit).toEqual({ kind: "signalled", signal: KILL, coreDumped: false });
    await nursery.run(aProcess(sh("echo again"), { stdout: nursery.file("o") }));
    expect(read("o")).toBe("bye\nagain\n");
  });
});

describe("AUTO logs", () => {
  const auto = aStream({ kind: "auto" });

  it("are named when a process becomes active, and made when it starts, for the daemon's user alone", async () => {
    const config = aProcess(sh("echo hello"), { stdout: auto, stderr: auto });
    nursery.children.prepare(config);
    const path = nursery.children.logPath(idOf(config), "stdout") ?? "";
    expect(path).toMatch(/\/p-stdout---supervisor-[a-z0-9_]{8}\.log$/);
    expect(existsSync(path)).toBe(false);
    await nursery.run(config);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, "utf8")).toBe("hello\n");
    expect(nursery.children.logPath(idOf(config), "stdout")).toBe(path);
  });

  it("are made when somebody wants to read them before", () => {
    const config = aProcess(["true"], { stdout: auto });
    nursery.children.prepare(config);
    const path = nursery.children.readableLogPath(idOf(config), "stdout") ?? "";
    expect(readFileSync(path, "utf8")).toBe("");
    expect(nursery.children.logPath(idOf(config), "stdout")).toBe(path);
  });

  it("are new after a discard, which leaves the old ones", () => {
    const config = aProcess(["true"], { stdout: auto });
    nursery.children.prepare(config);
    const path = nursery.children.readableLogPath(idOf(config), "stdout") ?? "";
    nursery.children.discard(idOf(config));
    expect(nursery.children.logPath(idOf(config), "stdout")).toBeNull();
    nursery.children.prepare(config);
    expect(nursery.children.logPath(idOf(config), "stdout")).not.toBe(path);
    expect(existsSync(path)).toBe(true);
  });

  it("are not made for a redirected stderr", () => {
    const config = aProcess(["true"], { stdout: aStream(), stderr: auto, redirectStderr: true });
    nursery.children.prepare(config);
    expect(nursery.children.logPath(idOf(config), "stderr")).toBeNull();
    expect(readdirSync(nursery.folder)).toEqual(["run"]);
  });
});

describe("open logs", () => {
  it("are opened anew after somebody has renamed them", async () => {
    const config = aProcess(sh("echo one; read line; echo two"), { stdout: nursery.file("o") });
    const pid = nursery.spawn(config);
    await until(() => read("o") === "one\n" || undefined);
    renameSync(nursery.path("o"), nursery.path("o.old"));
    nursery.children.reopenLogs();
    nursery.children.writeStdin(idOf(config), Buffer.from("go\n"));
    await nursery.exitOf(pid);
    expect(read("o.old")).toBe("one\n");
    expect(read("o")).toBe("two\n");
  });

  it("are emptied on demand", async () => {
    const config = aProcess(sh("echo one; read line; echo two"), { stdout: nursery.file("o") });
    const pid = nursery.spawn(config);
    await until(() => read("o") === "one\n" || undefined);
    expect(nursery.children.clearLogs(idOf(config))).toEqual({ ok: true, value: true });
    expect(read("o")).toBe("");
    nursery.children.writeStdin(idOf(config), Buffer.from("go\n"));
    await nursery.exitOf(pid);
    expect(read("o")).toBe("two\n");
  });

  it("of a process at rest are left alone", async () => {
    const config = aProcess(sh("echo one"), { stdout: nursery.file("o") });
    await nursery.run(config);
    expect(nursery.children.clearLogs(idOf(config))).toEqual({ ok: true, value: true });
    expect(read("o")).toBe("one\n");
  });
});

describe("a log that nobody takes", () => {
  it("makes the child wait instead of filling the memory, and loses nothing", async () => {
    execFileSync("mkfifo", [nursery.path("slow")]);
    const bytes = 8 * 1024 * 1024;
    const script = `head -c ${bytes} /dev/zero; echo done > finished`;
    const pid = nursery.spawn(aProcess(sh(script), { directory: nursery.folder, stdout: nursery.file("slow") }));
    const fd = openSync(nursery.path("slow"), "r");
    const reader = nursery.spawn(
      aProcess(sh(`exec head -c ${bytes} slow | wc -c > count`), { directory: nursery.folder }, "reader"),
    );
    await nursery.exitOf(reader);
    closeSync(fd);
    expect(read("count").trim()).toBe(String(bytes));
    await nursery.exitOf(pid);
    expect(existsSync(nursery.path("finished"))).toBe(true);
  });
});

describe("a device that refuses everything", () => {
  it("is reported once and never stops the child", async () => {
    const script = "head -c 100000 /dev/zero; echo done > finished";
    const stdout = aStream({ kind: "file", path: "/dev/full" });
    await nursery.run(aProcess(sh(script), { directory: nursery.folder, stdout }));
    expect(existsSync(nursery.path("finished"))).toBe(true);
    expect(nursery.activity).toEqual(["warn cannot write log file /dev/full: ENOSPC"]);
  });
});

if (mayMount()) {
  describe("a full disk", () => {
    it("makes the child wait until there is room, and nothing is lost", async () => {
      mkdirSync(nursery.path("disk"));
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", nursery.path("disk")]);
      try {
        writeFileSync(nursery.path("disk/ballast"), Buffer.alloc(900_000));
        const stdout = nursery.file("disk/log", { maxBytes: 0 });
        const pid = nursery.spawn(aProcess(["head", "-c", "600000", "/dev/zero"], { stdout }));
        await until(() => nursery.activity.length > 0 || undefined);
        expect(nursery.activity).toEqual([`warn cannot write log file ${nursery.path("disk/log")}: ENOSPC`]);
        rmSync(nursery.path("disk/ballast"));
        await until(() => statSync(nursery.path("disk/log")).size === 600_000 || undefined);
        await nursery.exitOf(pid);
        expect(nursery.activity).toHaveLength(2);
        expect(nursery.activity[1]).toBe(`info log file ${nursery.path("disk/log")} is written again`);
      } finally {
        execFileSync("umount", ["-l", nursery.path("disk")]);
      }
    });
  });
}

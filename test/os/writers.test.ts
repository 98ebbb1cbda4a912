import { spawn } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DescriptorWriter } from "../../src/os/descriptor-writer.ts";
import { ensureFifo } from "../../src/os/fifo.ts";
import { InheritedOutput } from "../../src/os/inherited-output.ts";
import { SyslogWriter } from "../../src/os/syslog-writer.ts";
import { TestFolder, until } from "./support.ts";

const folder = new TestFolder();

/** A pipe with both ends in this process, neither of which blocks. */
function aPipe(): { readonly readEnd: number; readonly writeEnd: number } {
  ensureFifo(folder.path("pipe"));
  const readEnd = openSync(folder.path("pipe"), constants.O_RDONLY | constants.O_NONBLOCK);
  return { readEnd, writeEnd: openSync(folder.path("pipe"), constants.O_WRONLY | constants.O_NONBLOCK) };
}

function readAll(fd: number): Buffer {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(65_536);
    try {
      const count = readSync(fd, part);
      if (count === 0) return Buffer.concat(parts);
      parts.push(part.subarray(0, count));
    } catch {
      return Buffer.concat(parts);
    }
  }
}

describe("a writer", () => {
  it("writes at once while there is room", () => {
    const { readEnd, writeEnd } = aPipe();
    const writer = new DescriptorWriter(writeEnd);
    expect(writer.write(Buffer.from("now"))).toEqual({ kind: "written" });
    expect(readAll(readEnd).toString()).toBe("now");
    writer.close();
    closeSync(readEnd);
  });

  it("queues what there is no room for, keeps the order, and tells when all is written", async () => {
    const { readEnd, writeEnd } = aPipe();
    const writer = new DescriptorWriter(writeEnd);
    const shared = Buffer.alloc(100_000, "a");
    expect(writer.write(shared)).toEqual({ kind: "queued" });
    shared.fill("!");
    expect(writer.write(Buffer.from("b"))).toEqual({ kind: "queued" });
    expect(writer.queuedBytes).toBeGreaterThan(0);
    let idle = false;
    writer.whenIdle(() => {
      idle = true;
    });
    let taken = "";
    await until(() => {
      taken += readAll(readEnd).toString();
      return idle && taken.length === 100_001;
    });
    expect(taken).toBe(`${"a".repeat(100_000)}b`);
    expect(writer.write(Buffer.from("c"))).toEqual({ kind: "written" });
    writer.close();
    closeSync(readEnd);
  });

  it("fails when the reader is gone, also while something is queued", async () => {
    const { readEnd, writeEnd } = aPipe();
    const writer = new DescriptorWriter(writeEnd);
    writer.write(Buffer.alloc(100_000));
    closeSync(readEnd);
    await new Promise<void>((resolve) => writer.whenIdle(resolve));
    expect(writer.write(Buffer.from("x"))).toEqual({ kind: "failed", error: "EPIPE" });
    expect(writer.write(Buffer.from("x"))).toEqual({ kind: "failed", error: "EPIPE" });
    writer.close();
  });

  it("gives up what is queued when it is closed", async () => {
    const { readEnd, writeEnd } = aPipe();
    const writer = new DescriptorWriter(writeEnd);
    writer.write(Buffer.alloc(100_000));
    const idle = new Promise<void>((resolve) => writer.whenIdle(resolve));
    writer.close();
    await idle;
    closeSync(readEnd);
  });
});

describe("the daemon's own output", () => {
  it("has one writer for each descriptor", () => {
    const fd = openSync(folder.path("file"), "a");
    const inherited = new InheritedOutput();
    expect(inherited.writer(fd)).toBe(inherited.writer(fd));
    expect(inherited.writer(fd).write(Buffer.from("x"))).toEqual({ kind: "written" });
    closeSync(fd);
    expect(readFileSync(folder.path("file"), "utf8")).toBe("x");
    expect(() => inherited.writer(9999)).toThrow(/EBADF/);
  });

  it("does not make a shared pipe non-blocking", () => {
    ensureFifo(folder.path("pipe"));
    const shared = openSync(folder.path("pipe"), constants.O_RDWR);
    new InheritedOutput().writer(shared).write(Buffer.from("x"));
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${shared}`, "utf8"))?.[1];
    expect(Number.parseInt(String(flags), 8) & constants.O_NONBLOCK).toBe(0);
    closeSync(shared);
  });
});

const LOG_DAEMON = `
import os, socket, sys
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(sys.argv[1])
print("ready", flush=True)
for _ in range(int(sys.argv[2])):
    sys.stdout.write(server.recv(100000).decode() + "\\n")
    sys.stdout.flush()
os.unlink(sys.argv[1])
`;

describe("the syslog writer", () => {
  /** A log daemon that takes so many messages and leaves. */
  function aLogDaemon(count: number) {
    writeFileSync(folder.path("daemon.py"), LOG_DAEMON);
    const child = spawn("python3", [folder.path("daemon.py"), folder.path("log"), String(count)]);
    const daemon = { output: "", ended: new Promise((resolve) => child.on("exit", resolve)) };
    child.stdout.on("data", (data) => {
      daemon.output += data;
    });
    return daemon;
  }

  it("sends lines with priority, time and ident, and finds a log daemon that was restarted", async () => {
    const writer = new SyslogWriter(folder.path("log"));
    writer.write("nobody is there yet");
    for (const text of ["one", "two"]) {
      const daemon = aLogDaemon(2);
      await until(() => daemon.output.includes("ready"));
      writer.write(text);
      writer.write(Buffer.from("bytes"));
      await daemon.ended;
      const lines = daemon.output.trim().split("\n").slice(1);
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(new RegExp(`^<14>[A-Z][a-z]{2} [ 123]\\d \\d\\d:\\d\\d:\\d\\d taskmasterd: ${text}$`));
      expect(lines[1]).toMatch(/: bytes$/);
    }
    writer.close();
  });
});

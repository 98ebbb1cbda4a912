import { closeSync, constants, openSync, readSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LineTarget } from "../../src/logs/line-target.ts";
import { openLog, ownDescriptor } from "../../src/logs/open-log.ts";
import { SyslogLines } from "../../src/logs/syslog-lines.ts";
import { ensureFifo } from "../../src/os/fifo.ts";
import { InheritedOutput } from "../../src/os/inherited-output.ts";
import { SinkEvents, TestFolder, until } from "./support.ts";

const folder = new TestFolder();

function open(path: string, events = new SinkEvents()) {
  return openLog({ path, mode: 0o666, maxBytes: 10, backups: 1 }, new InheritedOutput(), events);
}

/** A named pipe with this process as its reader. */
function aPipe() {
  ensureFifo(folder.path("pipe"));
  return openSync(folder.path("pipe"), constants.O_RDWR | constants.O_NONBLOCK);
}

function readAll(fd: number): string {
  let text = "";
  const part = Buffer.alloc(65_536);
  try {
    for (;;) text += part.toString("latin1", 0, readSync(fd, part));
  } catch {
    return text;
  }
}

describe("the path of a log", () => {
  it.each([
    ["/dev/stdout", 1],
    ["/dev/stderr", 2],
    ["/dev/fd/7", 7],
    ["/proc/self/fd/12", 12],
    ["/dev/null", null],
    ["/dev/fd/x", null],
    ["/var/log/dev/stdout", null],
  ])("%s stands for the descriptor %s", (path, descriptor) => {
    expect(ownDescriptor(path)).toBe(descriptor);
  });

  it("may be a link to the daemon's stdout, as container images have it", () => {
    symlinkSync("/dev/stdout", folder.path("access.log"));
    symlinkSync("access.log", folder.path("link.log"));
    expect(ownDescriptor(folder.path("link.log"))).toBe(1);
    symlinkSync("loop", folder.path("loop"));
    expect(ownDescriptor(folder.path("loop"))).toBeNull();
  });
});

describe("a log that is no regular file", () => {
  it("is never rotated or deleted, whatever its limit", () => {
    const fd = aPipe();
    const sink = open(folder.path("pipe"));
    expect(sink.write(Buffer.from("more than ten bytes"))).toBe(true);
    sink.reopen();
    expect(sink.clear()).toBeNull();
    expect(sink.write(Buffer.from("!"))).toBe(true);
    sink.close();
    expect(readAll(fd)).toBe("more than ten bytes!");
    closeSync(fd);
  });

  it("is not waited for when a named pipe has no reader yet", () => {
    ensureFifo(folder.path("pipe"));
    const sink = open(folder.path("pipe"));
    expect(sink.write(Buffer.from("early"))).toBe(true);
    const fd = aPipe();
    expect(readAll(fd)).toBe("early");
    sink.close();
    closeSync(fd);
  });

  it.each(["of the daemon's own", "opened by name"])("%s makes its source wait while nobody takes the bytes", async (kind) => {
    const fd = aPipe();
    const events = new SinkEvents();
    const sink = open(kind === "opened by name" ? folder.path("pipe") : `/dev/fd/${fd}`, events);
    const bytes = Buffer.alloc(200_000, "x");
    expect(sink.write(bytes)).toBe(false);
    bytes.fill("!");
    let text = "";
    await until(() => {
      text += readAll(fd);
      return events.readyCalls === 1;
    });
    text += readAll(fd);
    expect(text).toBe("x".repeat(200_000));
    expect(sink.write(Buffer.from("y"))).toBe(true);
    sink.close();
    closeSync(fd);
  });

  it("that is the daemon's own regular file is appended to at the daemon's own offset", () => {
    writeFileSync(folder.path("out"), "");
    const fd = openSync(folder.path("out"), "r+");
    const sink = open(`/dev/fd/${fd}`);
    sink.write(Buffer.from("longer than the limit"));
    sink.close();
    sink.close();
    closeSync(fd);
    expect(folder.read("out")).toBe("longer than the limit");
  });

  it("that takes nothing is reported once", () => {
    const events = new SinkEvents();
    const sink = open("/dev/full", events);
    expect(sink.write(Buffer.from("x"))).toBe(true);
    expect(sink.write(Buffer.from("x"))).toBe(true);
    sink.close();
    expect(events.reports).toEqual(["warn cannot write log file /dev/full: ENOSPC"]);
  });

  it("that is not there is an error", () => {
    expect(() => open("/dev/fd/9999")).toThrow(/EBADF/);
  });
});

describe("several programs on the daemon's stdout", () => {
  it("do not cut each other's lines, and end their last", () => {
    const fd = aPipe();
    const writer = new InheritedOutput().writer(fd);
    const [one, two] = [new LineTarget("stdout", writer, new SinkEvents()), new LineTarget("stdout", writer, new SinkEvents())];
    one.write(Buffer.from("a1\na"));
    two.write(Buffer.from("b1\nb"));
    one.write(Buffer.from("2\n"));
    two.write(Buffer.from("2"));
    one.close();
    two.close();
    expect(readAll(fd)).toBe("a1\nb1\na2\nb2\n");
    closeSync(fd);
  });
});

describe("syslog messages", () => {
  function messagesOf(...chunks: string[]): string[] {
    const messages: string[] = [];
    const lines = new SyslogLines({ write: (message) => messages.push(Buffer.from(message).toString()) }, "web");
    for (const chunk of chunks) lines.write(Buffer.from(chunk));
    lines.end();
    return messages;
  }

  it("are one for each line, with the name of the process before it", () => {
    expect(messagesOf("one\ntw", "o\n\n", "three")).toEqual(["web one", "web two", "web ", "web three"]);
  });

  it("are several for a line that no log daemon would take", () => {
    expect(messagesOf(`${"x".repeat(20_000)}\n`).map((message) => message.length)).toEqual([8196, 8196, 3620]);
  });
});

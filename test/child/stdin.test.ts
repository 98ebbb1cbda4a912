import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signalNumber } from "../../src/model/signal.ts";
import { aProcess, idOf, Nursery, until } from "./support.ts";

const done = { ok: true, value: true };

let nursery: Nursery;
beforeEach(() => {
  nursery = new Nursery();
});
afterEach(() => nursery.close());

describe("the stdin of a child", () => {
  it("gets what is written, in order", async () => {
    const config = aProcess(["sh", "-c", "read a; read b; echo $b $a"], { stdout: nursery.file("o") });
    const pid = nursery.spawn(config);
    expect(nursery.children.writeStdin(idOf(config), Buffer.from("1\n"))).toEqual(done);
    expect(nursery.children.writeStdin(idOf(config), Buffer.from("2\n"))).toEqual(done);
    await nursery.exitOf(pid);
    expect(readFileSync(nursery.path("o"), "utf8")).toBe("2 1\n");
  });

  it("is not there without a child", async () => {
    const config = aProcess(["true"]);
    nursery.children.prepare(config);
    const refused = { ok: false, fault: { name: "NOT_RUNNING" } };
    expect(nursery.children.writeStdin(idOf(config), Buffer.from("x"))).toEqual(refused);
    await nursery.run(config);
    expect(nursery.children.writeStdin(idOf(config), Buffer.from("x"))).toEqual(refused);
  });

  it("is NO_FILE once the child has closed it", async () => {
    const config = aProcess(["sh", "-c", "exec <&-; echo closed; exec sleep 1000"], { stdout: nursery.file("o") });
    nursery.spawn(config);
    await until(() => readFileSync(nursery.path("o"), "utf8") === "closed\n" || undefined);
    for (const _ of [1, 2]) {
      expect(nursery.children.writeStdin(idOf(config), Buffer.from("x"))).toEqual({ ok: false, fault: { name: "NO_FILE" } });
    }
  });

  it("queues what the child does not read yet, up to a bound", async () => {
    const piece = Buffer.alloc(65_536, "x");
    const script = "while [ ! -e go ]; do sleep 0.05; done; head -c $(cat go) | wc -c";
    const config = aProcess(["sh", "-c", script], { directory: nursery.folder, stdout: nursery.file("o") });
    const pid = nursery.spawn(config);
    let taken = 0;
    let last = nursery.children.writeStdin(idOf(config), piece);
    for (; last.ok && taken < 100; taken++) last = nursery.children.writeStdin(idOf(config), piece);
    expect(last).toMatchObject({ ok: false, fault: { name: "FAILED" } });
    expect(taken * piece.length).toBeGreaterThan(2 ** 20);
    expect(taken * piece.length).toBeLessThan(2 ** 21);
    writeFileSync(nursery.path("go.new"), String(taken * piece.length));
    renameSync(nursery.path("go.new"), nursery.path("go"));
    await nursery.exitOf(pid);
    expect(readFileSync(nursery.path("o"), "utf8").trim()).toBe(String(taken * piece.length));
  });

  it("takes one word whole, however long it is", async () => {
    const config = aProcess(["sh", "-c", "head -c 3000000 | wc -c"], { stdout: nursery.file("o") });
    const pid = nursery.spawn(config);
    expect(nursery.children.writeStdin(idOf(config), Buffer.alloc(3_000_000, "x"))).toEqual({ ok: true, value: true });
    await nursery.exitOf(pid);
    expect(readFileSync(nursery.path("o"), "utf8").trim()).toBe("3000000");
  });

  it("is fresh for every child", async () => {
    const config = aProcess(["sleep", "1000"]);
    const pid = nursery.spawn(config);
    nursery.children.writeStdin(idOf(config), Buffer.from("old\n"));
    nursery.children.signal(pid, signalNumber("KILL"), "process");
    await nursery.exitOf(pid);
    const reader = aProcess(["sh", "-c", "read a; echo $a"], { stdout: nursery.file("o") });
    const second = nursery.spawn(reader);
    nursery.children.writeStdin(idOf(reader), Buffer.from("new\n"));
    await nursery.exitOf(second);
    expect(readFileSync(nursery.path("o"), "utf8")).toBe("new\n");
  });
});

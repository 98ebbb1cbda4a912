import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aProcess, Nursery } from "./support.ts";

let nursery: Nursery;
beforeEach(() => {
  nursery = new Nursery();
});
afterEach(() => nursery.close());

describe("the output of a child", () => {
  it("is in its log when the exit is reported", async () => {
    const { exit } = await nursery.run(
      aProcess(["sh", "-c", "echo out; echo err >&2; exit 3"], { stdout: nursery.file("o"), stderr: nursery.file("e") }),
    );
    expect(exit).toEqual({ kind: "exited", code: 3 });
    expect(readFileSync(nursery.path("o"), "utf8")).toBe("out\n");
    expect(readFileSync(nursery.path("e"), "utf8")).toBe("err\n");
  });

  it("may be written by opening /dev/stdout and /dev/stderr", async () => {
    await nursery.run(
      aProcess(["sh", "-c", "echo x > /dev/stdout; echo y > /dev/stderr"], {
        stdout: nursery.file("o"),
        stderr: nursery.file("e"),
      }),
    );
    expect(readFileSync(nursery.path("o"), "utf8")).toBe("x\n");
    expect(readFileSync(nursery.path("e"), "utf8")).toBe("y\n");
  });
});

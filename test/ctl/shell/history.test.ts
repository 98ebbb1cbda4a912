import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultHistoryFile, History } from "../../../ctl/shell/history.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "history-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("the history", () => {
  it("is kept in a file that nobody else may read", () => {
    const file = join(folder, "new/history");
    const history = new History(file);
    for (const line of ["status", "stop a", "  ", "status"]) history.add(line);
    expect(history.lines).toEqual(["status", "stop a"]);
    expect(new History(file).lines).toEqual(["status", "stop a"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("is shared by several shells without losing a line", () => {
    const file = join(folder, "history");
    const [one, other] = [new History(file), new History(file)];
    one.add("stop a");
    other.add("stop b");
    one.add("stop c");
    expect(new History(file).lines).toEqual(["stop c", "stop b", "stop a"]);
  });

  it("keeps no line that may hold a password", () => {
    const file = join(folder, "history");
    const history = new History(file);
    history.add("login me secret");
    history.add("pid");
    expect(readFileSync(file, "utf8")).toBe("pid\n");
  });

  it("is bounded, in the file too", () => {
    const file = join(folder, "history");
    writeFileSync(file, Array.from({ length: 5000 }, (_, index) => `tail ${index}\n`).join(""));
    expect(new History(file).lines).toHaveLength(1000);
    expect(readFileSync(file, "utf8").split("\n")).toHaveLength(1001);
    expect(new History(file).lines[0]).toBe("tail 4999");
  });

  it("does without a file that cannot be used", () => {
    writeFileSync(join(folder, "file"), "");
    const history = new History(join(folder, "file/history"));
    history.add("pid");
    expect(history.lines).toEqual(["pid"]);
    expect([defaultHistoryFile({ HOME: "/h" }), defaultHistoryFile({ XDG_STATE_HOME: "/s" }), defaultHistoryFile({})]).toEqual([
      "/h/.local/state/taskmaster/history",
      "/s/taskmaster/history",
      null,
    ]);
  });
});

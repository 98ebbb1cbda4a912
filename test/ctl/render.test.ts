import { describe, expect, it } from "vitest";
import { availLine } from "../../ctl/render/avail.ts";
import { changeLines } from "../../ctl/render/changes.ts";
import { columns } from "../../ctl/render/columns.ts";
import { failureLine } from "../../ctl/render/failure.ts";
import { helpLines, topicLines } from "../../ctl/render/help.ts";
import { outcomeLine, STARTING, STOPPING } from "../../ctl/render/process-result.ts";
import { quoted } from "../../ctl/render/quoted.ts";
import { statusLines } from "../../ctl/render/status.ts";
import { visible, visibleLines } from "../../ctl/render/visible.ts";

const ESC = "\u001b";

function info(name: string, facts: { group?: string; statename?: string; description?: string } = {}) {
  return { name, group: name, pid: 1, statename: "RUNNING", description: "pid 1, uptime 0:00:01", ...facts };
}

describe("text of the daemon", () => {
  it("cannot reach the terminal with an escape sequence", () => {
    expect(visible(`${ESC}[31mred\u009b2J\u007f`)).toBe("\\x1b[31mred\\x9b2J\\x7f");
  });

  it("cannot forge a line or turn the reading direction", () => {
    expect(visible("a\nb\r\tc\u202e")).toBe("a\\nb\\r\\tc\\u202e");
  });

  it("keeps lines and tabs where several lines are expected", () => {
    expect(visibleLines(`a\n\tb${ESC}`)).toBe("a\n\tb\\x1b");
  });

  it("keeps every other letter", () => {
    expect(visible("größe 日本 🙂")).toBe("größe 日本 🙂");
  });
});

describe("the status table", () => {
  it("has a column of 33 for names and of 10 for states", () => {
    expect(statusLines([info("cat")])).toEqual([`${"cat".padEnd(33)}RUNNING   pid 1, uptime 0:00:01`]);
  });

  it("makes room for the longest name", () => {
    const long = "x".repeat(40);
    expect(statusLines([info(long), info("a", { group: "g" })])).toEqual([
      `${long}   RUNNING   pid 1, uptime 0:00:01`,
      `${"g:a".padEnd(43)}RUNNING   pid 1, uptime 0:00:01`,
    ]);
  });

  it("shows control characters of names, states and descriptions", () => {
    const [line] = statusLines([info(`a${ESC}[2J`, { statename: `X${ESC}`, description: `${ESC}]0;title\u0007` })]);
    expect(line).toBe(`${"a\\x1b[2J".padEnd(33)}${"X\\x1b".padEnd(10)}\\x1b]0;title\\x07`);
  });

  it("counts characters of any size as one column", () => {
    expect(statusLines([info("🙂")])[0]).toBe(`🙂${" ".repeat(32)}RUNNING   pid 1, uptime 0:00:01`);
  });
});

describe("the line for one process", () => {
  const refused = { group: "g", process: "a", description: "" };

  it("names it as group:process unless both are called alike", () => {
    expect(outcomeLine({ ...refused, status: 80 }, STARTING)).toBe("g:a: started");
    expect(outcomeLine({ ...refused, group: "a", status: 70 }, STOPPING)).toBe("a: ERROR (not running)");
  });

  it("prints a failure to signal as the daemon words it", () => {
    expect(outcomeLine({ ...refused, status: 30, description: "FAILED: no permission" }, STOPPING)).toBe("FAILED: no permission");
  });

  it("has no words for a status that the command does not know", () => {
    expect(outcomeLine({ ...refused, status: 30 }, STARTING)).toBeNull();
  });
});

describe("an error line", () => {
  it.each([
    [{ kind: "fault", code: 6, text: "SHUTDOWN_STATE" }, "error: <Fault 6: 'SHUTDOWN_STATE'>"],
    [{ kind: "fault", code: 30, text: "FAILED: it's" }, `error: <Fault 30: "FAILED: it's">`],
    [
      { kind: "http", status: 500, reason: "Internal Server Error" },
      "error: <ProtocolError for 127.0.0.1/RPC2: 500 Internal Server Error>",
    ],
    [{ kind: "refused" }, "error: [Errno 111] Connection refused"],
    [{ kind: "missing" }, "error: [Errno 2] No such file or directory"],
    [{ kind: "other", message: "socket hang up" }, "error: socket hang up"],
  ] as const)("%j", (failure, line) => {
    expect(failureLine(failure)).toBe(line);
  });
});

it("quotes as Python does", () => {
  expect([quoted("foo"), quoted("f'o"), quoted(`f'"o`), quoted("a\\b"), quoted(`a${ESC}`)]).toEqual([
    "'foo'",
    `"f'o"`,
    `'f\\'"o'`,
    "'a\\\\b'",
    "'a\\x1b'",
  ]);
});

it("lists configured processes with their priorities", () => {
  const line = availLine({ name: "a", group: "g", inuse: false, autostart: true, group_prio: 1, process_prio: 2 });
  expect(line).toBe(`${"g:a".padEnd(32)} avail     auto      1:2`);
});

describe("the changes of a reread", () => {
  it("are sorted by group", () => {
    expect(changeLines({ added: ["c"], changed: ["b"], removed: ["a"] })).toEqual([
      "a: disappeared",
      "b: changed",
      "c: available",
    ]);
  });

  it("may be none", () => {
    expect(changeLines({ added: [], changed: [], removed: [] })).toEqual(["No config updates to processes"]);
  });
});

describe("help", () => {
  it("is aligned with tabs", () => {
    const forms = [
      { usage: "start <name>", does: "Start a process" },
      { usage: "start <name> <name>", does: "Start several" },
    ];
    expect(helpLines({ forms, notes: ["A note."] })).toEqual([
      "start <name>\t\tStart a process",
      "start <name> <name>\tStart several",
      "A note.",
    ]);
  });

  it("lists its topics in columns", () => {
    expect(topicLines(["b", "a"])).toEqual(["", "default commands (type help <topic>):", "=".repeat(37), "a  b", ""]);
  });

  it("reads its columns downwards, in as few rows as fit", () => {
    expect(columns(["a", "bb", "c", "dd", "e"], 8)).toEqual(["a   dd", "bb  e ", "c "]);
    expect(columns(["a", "b"], 1)).toEqual(["a", "b"]);
  });
});

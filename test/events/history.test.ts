import { describe, expect, it } from "vitest";
import { EventHistory } from "../../src/events/history.ts";
import type { SupervisorEvent } from "../../src/model/event.ts";
import { processId } from "../../src/model/namespec.ts";

function entered(state: "STARTING" | "RUNNING", pid: number, group = "g"): SupervisorEvent {
  return { kind: "process-state", group, process: "p", state, from: "STOPPED", pid, tries: 0, expected: true, exit: null };
}

describe("the history of a process", () => {
  it("holds its last fifty changes of state, the oldest first", () => {
    let now = 100;
    const history = new EventHistory(() => now);
    for (let pid = 1; pid <= 60; pid++) {
      now += 1;
      history.hear(entered("STARTING", pid));
    }
    history.hear({ kind: "supervisor-state", state: "RUNNING" });
    const events = history.of(processId("g", "p"));
    expect(events).toHaveLength(50);
    expect(events[0]).toMatchObject({ pid: 11, at: 111, state: "STARTING" });
    expect(events.at(-1)).toMatchObject({ pid: 60, at: 160 });
    expect(history.of(processId("g", "q"))).toEqual([]);
  });

  it("goes with its group, and no other does", () => {
    const history = new EventHistory(() => 0);
    history.hear(entered("RUNNING", 1));
    history.hear(entered("RUNNING", 2, "gg"));
    history.hear({ kind: "process-group", change: "ADDED", group: "g" });
    expect(history.of(processId("g", "p"))).toHaveLength(1);
    history.hear({ kind: "process-group", change: "REMOVED", group: "g" });
    expect(history.of(processId("g", "p"))).toEqual([]);
    expect(history.of(processId("gg", "p"))).toHaveLength(1);
  });
});

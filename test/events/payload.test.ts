import { describe, expect, it } from "vitest";
import { countCharacters, sealEnvelope } from "../../src/events/envelope.ts";
import { eventPayload } from "../../src/events/payload.ts";
import { EVENT_TYPES, type ListenerEvent, type ProcessOutputEvent, type ProcessStateEvent } from "../../src/model/event.ts";
import { deliveredTypes, eventTypeOf } from "../../src/model/event-type.ts";
import { runPython } from "../support/python.ts";

function aState(facts: Partial<ProcessStateEvent>): ProcessStateEvent {
  return {
    kind: "process-state",
    group: "g",
    process: "p",
    state: "RUNNING",
    from: "STARTING",
    pid: 7,
    tries: 2,
    expected: false,
    exit: null,
    ...facts,
  };
}

function anOutput(facts: Partial<ProcessOutputEvent>): ProcessOutputEvent {
  return {
    kind: "process-log",
    group: "g",
    process: "p",
    pid: 7,
    channel: "stdout",
    data: Buffer.from("one\ntwo"),
    ...facts,
  };
}

const CASES: readonly (readonly [type: string, event: ListenerEvent, payload: string])[] = [
  [
    "PROCESS_STATE_STARTING",
    aState({ state: "STARTING", from: "BACKOFF" }),
    "processname:p groupname:g from_state:BACKOFF tries:2",
  ],
  ["PROCESS_STATE_RUNNING", aState({}), "processname:p groupname:g from_state:STARTING pid:7"],
  ["PROCESS_STATE_BACKOFF", aState({ state: "BACKOFF" }), "processname:p groupname:g from_state:STARTING tries:2"],
  [
    "PROCESS_STATE_STOPPING",
    aState({ state: "STOPPING", from: "RUNNING" }),
    "processname:p groupname:g from_state:RUNNING pid:7",
  ],
  [
    "PROCESS_STATE_EXITED",
    aState({ state: "EXITED", from: "RUNNING", expected: true, exit: null }),
    "processname:p groupname:g from_state:RUNNING expected:1 pid:7",
  ],
  [
    "PROCESS_STATE_EXITED",
    aState({ state: "EXITED", from: "RUNNING" }),
    "processname:p groupname:g from_state:RUNNING expected:0 pid:7",
  ],
  [
    "PROCESS_STATE_STOPPED",
    aState({ state: "STOPPED", from: "STOPPING" }),
    "processname:p groupname:g from_state:STOPPING pid:7",
  ],
  [
    "PROCESS_STATE_STOPPED",
    aState({ state: "STOPPED", from: "BACKOFF", pid: 0 }),
    "processname:p groupname:g from_state:BACKOFF pid:0",
  ],
  ["PROCESS_STATE_FATAL", aState({ state: "FATAL", from: "BACKOFF" }), "processname:p groupname:g from_state:BACKOFF"],
  ["PROCESS_STATE_UNKNOWN", aState({ state: "UNKNOWN", from: "STOPPING" }), "processname:p groupname:g from_state:STOPPING"],
  ["REMOTE_COMMUNICATION", { kind: "remote-communication", type: "a b\nc", data: "d\n" }, "type:a b\nc\nd\n"],
  ["PROCESS_LOG_STDOUT", anOutput({}), "processname:p groupname:g pid:7 channel:stdout\none\ntwo"],
  ["PROCESS_LOG_STDERR", anOutput({ channel: "stderr" }), "processname:p groupname:g pid:7 channel:stderr\none\ntwo"],
  ["PROCESS_COMMUNICATION_STDOUT", anOutput({ kind: "process-communication" }), "processname:p groupname:g pid:7\none\ntwo"],
  [
    "PROCESS_COMMUNICATION_STDERR",
    anOutput({ kind: "process-communication", channel: "stderr" }),
    "processname:p groupname:g pid:7\none\ntwo",
  ],
  [
    "PROCESS_LOG_STDOUT",
    anOutput({ data: Buffer.from([0xff, 0x0a, 0x27, 0x41]) }),
    `processname:p groupname:g pid:7 channel:stdout\nUndecodable: b"\\xff\\n'A"`,
  ],
  ["SUPERVISOR_STATE_CHANGE_RUNNING", { kind: "supervisor-state", state: "RUNNING" }, ""],
  ["SUPERVISOR_STATE_CHANGE_STOPPING", { kind: "supervisor-state", state: "STOPPING" }, ""],
  ["TICK_5", { kind: "tick", period: 5, when: 1_795_650_395 }, "when:1795650395"],
  ["TICK_60", { kind: "tick", period: 60, when: 60 }, "when:60"],
  ["TICK_3600", { kind: "tick", period: 3600, when: 3600 }, "when:3600"],
  ["PROCESS_GROUP_ADDED", { kind: "process-group", change: "ADDED", group: "g" }, "groupname:g\n"],
  ["PROCESS_GROUP_REMOVED", { kind: "process-group", change: "REMOVED", group: "g" }, "groupname:g\n"],
];

describe("an event", () => {
  it.each(CASES)("%s has its type and payload (%#)", (type, event, payload) => {
    expect(eventTypeOf(event)).toBe(type);
    expect(eventPayload(event).toString()).toBe(payload);
  });

  it("exists for every type that is not abstract", () => {
    const concrete = Object.entries(EVENT_TYPES).flatMap(([type, { abstract }]) => (abstract ? [] : [type]));
    expect(new Set(CASES.map(([type]) => type))).toEqual(new Set(concrete));
  });

  it("keeps its payload when the bytes that it came from are reused", () => {
    const data = Buffer.from("before");
    const payload = eventPayload(anOutput({ data }));
    data.fill("x");
    expect(payload.toString()).toContain("before");
  });
});

describe("a subscription", () => {
  it("to a type delivers that type", () => {
    expect(deliveredTypes(["TICK_5"])).toEqual(["TICK_5"]);
  });

  it("to an abstract type delivers its subtypes and never the type itself", () => {
    expect(deliveredTypes(["TICK"])).toEqual(["TICK_5", "TICK_60", "TICK_3600"]);
  });

  it("to EVENT delivers everything", () => {
    expect(deliveredTypes(["EVENT"])).toEqual(
      Object.entries(EVENT_TYPES).flatMap(([type, { abstract }]) => (abstract ? [] : [type])),
    );
  });

  it("to a type and its parent delivers each type once", () => {
    expect(deliveredTypes(["PROCESS_GROUP", "PROCESS_GROUP_ADDED"])).toEqual(["PROCESS_GROUP_ADDED", "PROCESS_GROUP_REMOVED"]);
  });
});

describe("an envelope", () => {
  const letter = { type: "PROCESS_COMMUNICATION_STDOUT", serial: 21, poolSerial: 10 } as const;

  it("is one line of header and then exactly the payload", () => {
    expect(sealEnvelope("supervisor", "listener", { ...letter, payload: Buffer.from("a\nb") }).toString()).toBe(
      "ver:3.0 server:supervisor serial:21 pool:listener poolserial:10 eventname:PROCESS_COMMUNICATION_STDOUT len:3\na\nb",
    );
  });

  it("counts what Python counts as characters", () => {
    const texts = ["", "abc", "grün", "€uro", "😀 smile", "e\u0301", "\u{10ffff}\u0000\u007f\u0080\u07ff\u0800\uffff"];
    const lengths = runPython("output = [len(text) for text in input]", texts);
    expect(texts.map((text) => countCharacters(Buffer.from(text)))).toEqual(lengths);
  });

  it("counts a lone surrogate, which UTF-8 cannot have, as the one character that takes its place", () => {
    const payload = eventPayload({ kind: "remote-communication", type: "\ud800", data: "" });
    expect(payload.toString()).toBe("type:\ufffd\n");
    expect(countCharacters(payload)).toBe("type:?\n".length);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { EventBus, EventSerials } from "../../src/events/event-bus.ts";
import { type OutputEvents, outputEvents } from "../../src/events/output-events.ts";
import type { ProcessConfig, StreamConfig } from "../../src/model/config.ts";
import { succeed } from "../../src/model/fault.ts";
import { aProcess } from "../support/build-config.ts";
import { FakeClock } from "./fake-clock.ts";
import { aPool } from "./pool-driver.ts";

const PIECE = 128 * 1024;

let payloads: string[];
let log: string[];
let bus: EventBus;
let output: OutputEvents;
beforeEach(() => {
  payloads = [];
  log = [];
  bus = new EventBus({
    identifier: "supervisor",
    serials: new EventSerials(),
    clock: new FakeClock(),
    send: (_, __, envelope) => {
      const text = envelope.toString();
      payloads.push(text.slice(text.indexOf("\n") + 1));
      return succeed(true);
    },
    log() {},
  });
  output = outputEvents({ bus, pidOf: () => 7, log: (level, message) => log.push(`${level} ${message}`) });
});

/** A process of group `p` with these options for its stdout. */
function aWriter(stdout: Partial<StreamConfig>): ProcessConfig {
  const process = aProcess("p");
  return { ...process, launch: { ...process.launch, stdout: { ...process.launch.stdout, ...stdout } } };
}

/** A listener that takes all there is. */
function listen(): void {
  const pool = aPool("l", ["a"], 100);
  bus.setPool("l", { ...pool, listener: { ...pool.listener, events: ["PROCESS_LOG", "PROCESS_COMMUNICATION"] } });
  for (const state of ["STARTING", "RUNNING"] as const) {
    bus.publish({
      kind: "process-state",
      group: "l",
      process: "a",
      state,
      from: "STOPPED",
      pid: 1,
      tries: 0,
      expected: false,
      exit: null,
    });
  }
  bus.heard("l", "a", Buffer.from("READY\n"));
}

/** Lets the listener accept so many events, and gives the bodies of all. */
function bodies(count: number): readonly string[] {
  for (let index = 0; index < count; index++) bus.heard("l", "a", Buffer.from("RESULT 2\nOKREADY\n"));
  return payloads.map((payload) => payload.slice(payload.indexOf("\n") + 1));
}

describe("an ordinary stream", () => {
  it("has no tap, no filter and no observer: what it says is a matter of its log alone", () => {
    const process = aWriter({});
    expect(output.tapOutput(process, "stdout")).toBeNull();
    expect(output.filterOutput(process, "stdout")).toBeNull();
    expect(output.observeOutput(process, "stdout")).toBeNull();
  });
});

describe("a stream with events", () => {
  it("makes one of each piece that was read", () => {
    listen();
    const observe = output.observeOutput(aWriter({ eventsEnabled: true }), "stdout");
    observe?.(Buffer.from("one\ntwo\n"));
    observe?.(Buffer.from("three"));
    expect(bodies(2)).toEqual(["one\ntwo\n", "three"]);
    expect(payloads[0]).toBe("processname:p groupname:p pid:7 channel:stdout\none\ntwo\n");
  });

  it("cuts what is longer than supervisord would read at once, but no character", () => {
    listen();
    const text = `x${"é".repeat(PIECE)}`;
    output.observeOutput(aWriter({ eventsEnabled: true }), "stdout")?.(Buffer.from(text));
    const pieces = bodies(5);
    expect(pieces.join("")).toBe(text);
    expect(pieces.map((piece) => Buffer.byteLength(piece))).toEqual([PIECE - 1, PIECE, 2]);
  });

  it("cuts bytes that are no text all the same", () => {
    listen();
    output.observeOutput(aWriter({ eventsEnabled: true }), "stdout")?.(Buffer.alloc(PIECE + 1, 0x80));
    expect(bodies(2).map((body) => body.length)).toEqual(["Undecodable: b''".length + 4 * PIECE, "Undecodable: b'\\x80'".length]);
  });
});

describe("a stream in the capture mode", () => {
  it("makes an event of each section, and tells the activity log", () => {
    listen();
    const text: string[] = [];
    const filter = output.filterOutput(aWriter({ captureMaxBytes: 100 }), "stdout");
    filter?.take(Buffer.from("a<!--XSUPERVISOR:BEGIN-->b<!--XSUPERVISOR:END-->c"), (piece, isText) => {
      if (isText) text.push(piece.toString());
    });
    expect(bodies(1)).toEqual(["b"]);
    expect(text).toEqual(["a", "c"]);
    expect(log).toEqual(["debug 'p' stdout emitted a comm event"]);
  });
});

describe("the stdout of a listener", () => {
  it("is the protocol, whatever else is configured for it; its stderr is a stream like any other", () => {
    bus.setPool("p", aPool("p", ["p"]));
    const process = aWriter({ captureMaxBytes: 100, eventsEnabled: true });
    expect(output.tapOutput(process, "stdout")).not.toBeNull();
    expect(output.filterOutput(process, "stdout")).toBeNull();
    expect(output.observeOutput(process, "stdout")).toBeNull();
    const both = { ...process, launch: { ...process.launch, stderr: process.launch.stdout } };
    expect(output.tapOutput(both, "stderr")).toBeNull();
    expect(output.filterOutput(both, "stderr")).not.toBeNull();
    expect(output.observeOutput(both, "stderr")).not.toBeNull();
  });
});

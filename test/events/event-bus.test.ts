import { beforeEach, describe, expect, it } from "vitest";
import { EventBus, EventSerials } from "../../src/events/event-bus.ts";
import type { PoolConfig } from "../../src/events/listener-pool.ts";
import type { EventType, SupervisorEvent } from "../../src/model/event.ts";
import { succeed } from "../../src/model/fault.ts";
import { aGroup } from "../support/build-config.ts";
import { FakeClock } from "./fake-clock.ts";
import { aPool } from "./pool-driver.ts";

/** `x a 0 0 TICK_5`: pool x sent the event of serial 0, its own 0, to listener a. */
let sent: string[];
let clock: FakeClock;
let serials: EventSerials;
let bus: EventBus;
beforeEach(() => {
  sent = [];
  clock = new FakeClock();
  serials = new EventSerials();
  bus = aBus();
});

function aBus(): EventBus {
  return new EventBus({
    identifier: "supervisor",
    serials,
    clock,
    send: (group, process, envelope) => {
      const [, serial, poolSerial, type] =
        / serial:(\d+) pool:\S+ poolserial:(\d+) eventname:(\w+) /.exec(envelope.toString()) ?? [];
      sent.push(`${group} ${process} ${serial} ${poolSerial} ${type}`);
      return succeed(true);
    },
    log() {},
  });
}

function subscribe(name: string, ...events: readonly EventType[]): void {
  const pool = aPool(name, ["a"]);
  const config: PoolConfig = { ...pool, listener: { ...pool.listener, events } };
  bus.setPool(name, config);
}

/** Lets the listener of a pool be ready for one more event. */
function ready(name: string): void {
  for (const state of ["STARTING", "RUNNING"] as const) {
    bus.publish({
      kind: "process-state",
      group: name,
      process: "a",
      state,
      from: "STOPPED",
      pid: 1,
      tries: 0,
      expected: false,
      exit: null,
    });
  }
  bus.heard(name, "a", Buffer.from("READY\n"));
}

const ADDED: SupervisorEvent = { kind: "process-group", change: "ADDED", group: "g" };

/** A log event that must not be looked into. */
function untouchable(): SupervisorEvent {
  return {
    kind: "process-log",
    group: "g",
    process: "p",
    pid: 1,
    channel: "stdout",
    get data(): Buffer {
      throw new Error("the payload was made");
    },
  };
}

describe("the event bus", () => {
  it("brings an event to every pool that has subscribed to its type, and gives it one serial", () => {
    subscribe("x", "PROCESS_GROUP");
    subscribe("y", "PROCESS_GROUP_ADDED");
    subscribe("z", "PROCESS_GROUP_REMOVED");
    for (const name of ["x", "y", "z"]) ready(name);
    bus.publish(ADDED);
    expect(sent).toEqual(["x a 0 0 PROCESS_GROUP_ADDED", "y a 0 0 PROCESS_GROUP_ADDED"]);
  });

  it("numbers only what some pool has accepted", () => {
    subscribe("x", "REMOTE_COMMUNICATION");
    ready("x");
    bus.publish(ADDED);
    bus.publish({ kind: "remote-communication", type: "t", data: "d" });
    expect(sent).toEqual(["x a 0 0 REMOTE_COMMUNICATION"]);
  });

  it("delivers once what a pool has subscribed to in two ways", () => {
    subscribe("x", "EVENT", "PROCESS_GROUP", "PROCESS_GROUP_ADDED");
    bus.publish(ADDED);
    ready("x");
    bus.heard("x", "a", Buffer.from("RESULT 2\nOKREADY\n"));
    expect(sent).toEqual(["x a 0 0 PROCESS_GROUP_ADDED", "x a 1 1 PROCESS_STATE_STARTING"]);
  });

  it("makes no payload of an event that nobody wants", () => {
    subscribe("x", "PROCESS_LOG_STDERR", "PROCESS_STATE");
    bus.publish(untouchable());
    subscribe("x", "PROCESS_LOG");
    expect(() => bus.publish(untouchable())).toThrow("the payload was made");
  });

  it("lets a listener hear of itself", () => {
    subscribe("x", "PROCESS_STATE_RUNNING");
    ready("x");
    expect(sent).toEqual(["x a 0 0 PROCESS_STATE_RUNNING"]);
  });

  it("gives a listener nothing more once it is being stopped, not even that", () => {
    subscribe("x", "PROCESS_STATE_STOPPING");
    ready("x");
    bus.publish({
      kind: "process-state",
      group: "x",
      process: "a",
      state: "STOPPING",
      from: "RUNNING",
      pid: 1,
      tries: 0,
      expected: false,
      exit: null,
    });
    expect(sent).toEqual([]);
  });

  it("forgets a pool that goes, with all that waits in it", () => {
    subscribe("x", "PROCESS_GROUP");
    bus.publish(ADDED);
    bus.setPool("x", null);
    expect(bus.isPool("x")).toBe(false);
    subscribe("x", "PROCESS_GROUP");
    ready("x");
    bus.publish(ADDED);
    expect(sent).toEqual(["x a 1 0 PROCESS_GROUP_ADDED"]);
  });

  it("keeps a pool whose subscriptions change, with all that waits in it", () => {
    subscribe("x", "PROCESS_GROUP");
    bus.publish(ADDED);
    subscribe("x", "REMOTE_COMMUNICATION");
    bus.publish(ADDED);
    ready("x");
    bus.heard("x", "a", Buffer.from("RESULT 2\nOKREADY\n"));
    bus.publish({ kind: "remote-communication", type: "t", data: "d" });
    expect(sent).toEqual(["x a 0 0 PROCESS_GROUP_ADDED", "x a 1 1 REMOTE_COMMUNICATION"]);
  });

  it("knows no pool in a group of programs", () => {
    bus.setPool("g", aGroup("g"));
    expect(bus.isPool("g")).toBe(false);
  });

  it("goes on numbering after a restart, while the pools begin anew", () => {
    subscribe("x", "PROCESS_GROUP");
    bus.publish(ADDED);
    bus.close();
    bus = aBus();
    subscribe("x", "PROCESS_GROUP");
    bus.publish(ADDED);
    ready("x");
    expect(sent).toEqual(["x a 1 0 PROCESS_GROUP_ADDED"]);
  });

  it("has an alarm only while somebody wants to hear of the time", () => {
    subscribe("x", "PROCESS_STATE");
    expect(clock.alarm).toBeNull();
    subscribe("x", "TICK_60");
    expect(clock.alarm).not.toBeNull();
    ready("x");
    clock.pass(61);
    expect(sent).toEqual(["x a 0 0 TICK_60"]);
    bus.setPool("x", null);
    expect(clock.alarm).toBeNull();
  });
});

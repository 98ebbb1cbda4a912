import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aPool, PoolDriver } from "./pool-driver.ts";

const OK = "RESULT 2\nOKREADY\n";
const FAIL = "RESULT 4\nFAILREADY\n";

describe("an event that a pool has accepted", () => {
  it("goes to a listener that is RUNNING and READY at once", () => {
    const driver = new PoolDriver().up("a").accept();
    expect(driver.envelopes).toEqual([
      "ver:3.0 server:supervisor serial:0 pool:pool poolserial:0 eventname:TICK_5 len:6\nwhen:5",
    ]);
  });

  it("waits for READY, and for RUNNING although READY was said before", () => {
    expect(new PoolDriver().accept().enter("a", "STARTING", "RUNNING").sent).toEqual([]);
    const early = new PoolDriver().accept().enter("a", "STARTING").say("a", "READY\n");
    expect(early.sent).toEqual([]);
    expect(early.enter("a", "RUNNING").sent).toEqual(["a 0"]);
  });

  it("waits while the listener has another one", () => {
    const driver = new PoolDriver().up("a").accept(3);
    expect(driver.sent).toEqual(["a 0"]);
    expect(driver.say("a", OK).sent).toEqual(["a 0", "a 1"]);
    expect(driver.say("a", "RESULT 2\nOK").sent).toHaveLength(2);
    expect(driver.say("a", "READY\n").sent).toEqual(["a 0", "a 1", "a 2"]);
  });

  it("goes to exactly one listener, the first in config order that can take it", () => {
    const driver = new PoolDriver(["a", "b"]).up("b").up("a").accept(3);
    expect(driver.sent).toEqual(["a 0", "b 1"]);
    expect(driver.say("b", OK).accept().say("a", OK).sent).toEqual(["a 0", "b 1", "b 2", "a 3"]);
  });

  it("does not go to a listener that is stopping", () => {
    expect(new PoolDriver().up("a").enter("a", "STOPPING").accept().sent).toEqual([]);
  });

  it("does not go to a listener that broke the protocol within the words that made it ready", () => {
    const driver = new PoolDriver().accept().enter("a", "STARTING", "RUNNING").say("a", "READY\nnoise");
    expect(driver.sent).toEqual([]);
  });
});

describe("a full buffer", () => {
  it("discards the oldest event and says so", () => {
    const driver = new PoolDriver(["a"], 2).accept(4);
    expect(driver.warnings).toEqual([
      "error pool pool event buffer overflowed, discarding event 0",
      "error pool pool event buffer overflowed, discarding event 1",
    ]);
    expect(driver.up("a").say("a", OK).sent).toEqual(["a 2", "a 3"]);
  });

  it("keeps what is new as it came, also where it is written over what was discarded", () => {
    const driver = new PoolDriver(["a"], 3);
    const words = ["eight888", "four", "eight999", "nothing", "", "six666", "four"];
    for (const [serial, word] of words.entries()) driver.pool.accept("PROCESS_LOG_STDOUT", serial, Buffer.from(word));
    driver.up("a").say("a", OK).say("a", OK);
    expect(driver.envelopes.map((envelope) => envelope.split("\n")[1])).toEqual(words.slice(-3));
  });

  it("discards the oldest that waits in favour of one that comes back", () => {
    const driver = new PoolDriver(["a"], 2).up("a").accept(3).say("a", FAIL);
    expect(driver.warnings).toContain("error pool pool event buffer overflowed, discarding event 1");
    expect(driver.say("a", OK).sent).toEqual(["a 0", "a 0", "a 2"]);
  });

  it("is cut when the bound becomes smaller", () => {
    const driver = new PoolDriver(["a"], 10).accept(5);
    driver.pool.configure(aPool("pool", ["a"], 3));
    expect(driver.warnings).toHaveLength(2);
    expect(driver.up("a").sent).toEqual(["a 2"]);
  });
});

describe("an event that a listener did not process", () => {
  it("is delivered again before all others, with the same numbers", () => {
    const driver = new PoolDriver().up("a").accept(2).say("a", FAIL);
    expect(driver.sent).toEqual(["a 0", "a 0"]);
    expect(driver.envelopes[1]).toBe(driver.envelopes[0]);
    expect(driver.say("a", OK).sent).toEqual(["a 0", "a 0", "a 1"]);
    expect(driver.warnings).toEqual(["warn a: event was rejected"]);
  });

  it("may go to another listener", () => {
    expect(new PoolDriver(["a", "b"]).up("a").accept().up("b").say("a", "RESULT 4\nFAIL").sent).toEqual(["a 0", "b 0"]);
  });

  it.each(["EXITED", "STOPPED", "BACKOFF"] as const)("is delivered again when the listener is %s before it answers", (state) => {
    const driver = new PoolDriver().up("a").accept().enter("a", state);
    expect(driver.sent).toEqual(["a 0"]);
    expect(driver.up("a").sent).toEqual(["a 0", "a 0"]);
  });

  it("is processed when the answer comes while the listener is stopping", () => {
    const driver = new PoolDriver().up("a").accept().enter("a", "STOPPING").say("a", "RESULT 2\nOK").enter("a", "STOPPED");
    expect(driver.up("a").sent).toEqual(["a 0"]);
  });

  it("is delivered again when the answer is not in the protocol, but not to that listener", () => {
    const driver = new PoolDriver(["a", "b"]).up("a").accept().say("a", "what?\nREADY\n").up("b");
    expect(driver.sent).toEqual(["a 0", "b 0"]);
    expect(driver.warnings).toEqual([
      "warn a: bad result line: 'what?'",
      "warn a: has entered the UNKNOWN state and will no longer receive events, this usually indicates the process violated the " +
        "eventlistener protocol",
    ]);
  });

  it("is lost to nobody when a listener dies that has none", () => {
    const driver = new PoolDriver().up("a").enter("a", "EXITED").accept().up("a");
    expect(driver.sent).toEqual(["a 0"]);
  });
});

describe("a listener that has closed its stdin", () => {
  it("is passed over", () => {
    const driver = new PoolDriver(["a", "b"]).up("a").up("b");
    driver.closed.add("a");
    expect(driver.accept().sent).toEqual(["b 0"]);
    expect(driver.log).toContain("debug epipe occurred while sending event 0 to listener a, listener state unchanged");
  });

  it("leaves the events in order for the next one", () => {
    const driver = new PoolDriver(["a", "b"]).up("a");
    driver.closed.add("a");
    expect(driver.accept(2).up("b").say("b", OK).sent).toEqual(["b 0", "b 1"]);
  });
});

describe("a listener that is dead", () => {
  it("is not heard any more, though somebody may hold its pipe", () => {
    const driver = new PoolDriver().up("a").accept().enter("a", "EXITED").say("a", "RESULT 2\nOK");
    expect(driver.up("a").sent).toEqual(["a 0", "a 0"]);
    expect(driver.warnings).toEqual([]);
  });
});

describe("a listener that is spawned anew", () => {
  it("may be UNKNOWN no more", () => {
    const driver = new PoolDriver().up("a").say("a", "noise").enter("a", "EXITED").accept();
    expect(driver.up("a").sent).toEqual(["a 0"]);
  });

  it("has to say READY again", () => {
    expect(new PoolDriver().up("a").enter("a", "EXITED", "STARTING", "RUNNING").accept().sent).toEqual([]);
  });
});

describe("the numbers of a pool", () => {
  it("count what it has accepted, whatever became of it", () => {
    const driver = new PoolDriver(["a"], 1).accept(3).up("a").say("a", FAIL).accept().say("a", OK);
    expect(driver.envelopes.map((text) => / poolserial:(\d+) /.exec(text)?.[1])).toEqual(["2", "2", "3"]);
  });
});

describe("the activity log", () => {
  it("tells at level debug what happens", () => {
    expect(new PoolDriver().up("a").accept().say("a", OK).accept().say("a", FAIL).log).toEqual([
      "debug a: ACKNOWLEDGED -> READY",
      "debug event 0 sent to listener a",
      "debug a: event was processed",
      "debug a: BUSY -> ACKNOWLEDGED",
      "debug a: ACKNOWLEDGED -> READY",
      "debug event 1 sent to listener a",
      "warn a: event was rejected",
      "debug a: BUSY -> ACKNOWLEDGED",
      "debug rebuffering event 1 for pool pool (buf size=0, max=10)",
      "debug a: ACKNOWLEDGED -> READY",
      "debug event 1 sent to listener a",
    ]);
  });
});

describe("a pool whose buffer is large enough", () => {
  type Act = (driver: PoolDriver) => void;
  const names = fc.constantFrom("a", "b", "c");
  const acts: fc.Arbitrary<Act> = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Act>((driver) => void driver.accept()) },
    {
      weight: 3,
      arbitrary: names.map(
        (name): Act =>
          (driver) =>
            void driver.say(name, OK),
      ),
    },
    names.map(
      (name): Act =>
        (driver) =>
          void driver.say(name, FAIL),
    ),
    names.map(
      (name): Act =>
        (driver) =>
          void driver.say(name, "noise"),
    ),
    names.map(
      (name): Act =>
        (driver) =>
          void driver.enter(name, "EXITED"),
    ),
    names.map(
      (name): Act =>
        (driver) =>
          void driver.up(name),
    ),
  );

  it("gets every event processed exactly once, whatever its listeners do, once they behave", () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 60 }), (played) => {
        const driver = new PoolDriver(["a", "b", "c"], 100);
        for (const act of played) act(driver);
        for (const name of ["a", "b", "c"]) driver.enter(name, "EXITED").up(name);
        for (let round = 0; round < 60; round++) for (const name of ["a", "b", "c"]) driver.say(name, OK);
        const processed = driver.log.filter((line) => line.endsWith("event was processed")).length;
        const accepted = played.length === 0 ? 0 : new Set(driver.sent.map((line) => line.slice(2))).size;
        expect(processed).toBe(accepted);
      }),
    );
  });
});

describe("a result line that is no text", () => {
  it("is told in Python's notation", () => {
    const driver = new PoolDriver().up("a").accept();
    driver.pool.heard("a", Buffer.from([0x80, 0x0a]));
    expect(driver.warnings[0]).toBe("warn a: bad result line: 'Undecodable: b'\\x80''");
  });
});

describe("a pool that is asked when all is answered", () => {
  function asked(driver: PoolDriver): readonly string[] {
    driver.pool.whenAnswered(() => driver.sent.push("answered"));
    return driver.sent;
  }

  it("calls at once when nothing is out", () => {
    expect(asked(new PoolDriver().up("a"))).toEqual(["answered"]);
  });

  it("calls once the last event is answered", () => {
    const driver = new PoolDriver().up("a").accept(2);
    asked(driver);
    driver.say("a", OK);
    expect(driver.sent).toEqual(["a 0", "a 1"]);
    driver.say("a", "RESULT 2\nOK").say("a", "READY\n");
    expect(driver.sent).toEqual(["a 0", "a 1", "answered"]);
  });

  it("calls when nobody is left who could answer", () => {
    expect(asked(new PoolDriver().accept())).toEqual(["answered"]);
    const distrusted = new PoolDriver().up("a").accept(2);
    asked(distrusted);
    expect(distrusted.say("a", "noise\n").sent).toEqual(["a 0", "answered"]);
    const dying = new PoolDriver().up("a").accept(2);
    asked(dying);
    expect(dying.enter("a", "EXITED").sent).toEqual(["a 0", "answered"]);
  });
});

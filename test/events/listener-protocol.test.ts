import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ASSIGNED, type Finding, FRESH, type ListenerState, listen } from "../../src/events/listener-protocol.ts";

/** The findings in short: `READY`, `processed`. */
function words(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => {
    if (finding.kind === "entered") return finding.to;
    const { verdict } = finding;
    return verdict.kind === "bad-line" ? `bad-line ${verdict.line}` : verdict.kind;
  });
}

function hear(state: ListenerState, text: string): { readonly name: string; readonly said: readonly string[] } {
  const heard = listen(state, Buffer.from(text, "latin1"));
  return { name: heard.state.name, said: words(heard.findings) };
}

const READY = listen(FRESH, Buffer.from("READY\n")).state;

describe("a listener that was not heard of yet", () => {
  it.each([
    ["", "ACKNOWLEDGED", []],
    ["READY", "ACKNOWLEDGED", []],
    ["hello", "ACKNOWLEDGED", []],
    ["READY\n", "READY", ["READY"]],
    ["READY\nx", "UNKNOWN", ["READY", "UNKNOWN"]],
    ["READY\nREADY\n", "UNKNOWN", ["READY", "UNKNOWN"]],
    ["ready\n", "UNKNOWN", ["UNKNOWN"]],
    ["READY ", "UNKNOWN", ["UNKNOWN"]],
    ["hello\nREADY\n", "UNKNOWN", ["UNKNOWN"]],
  ])("is, after %j, %s", (text, name, said) => {
    expect(hear(FRESH, text)).toEqual({ name, said });
  });
});

describe("a listener that is READY", () => {
  it("is UNKNOWN after any byte", () => {
    expect(hear(READY, "\n")).toEqual({ name: "UNKNOWN", said: ["UNKNOWN"] });
  });
});

describe("a listener that has an event", () => {
  it.each([
    ["RESULT 2", "BUSY", []],
    ["RESULT 2\n", "BUSY", []],
    ["RESULT 2\nO", "BUSY", []],
    ["RESULT 2\nOK", "ACKNOWLEDGED", ["processed", "ACKNOWLEDGED"]],
    ["RESULT 2\nOKREADY\n", "READY", ["processed", "ACKNOWLEDGED", "READY"]],
    ["RESULT 4\nFAIL", "ACKNOWLEDGED", ["rejected", "ACKNOWLEDGED"]],
    ["RESULT 4\nFAILREADY\n", "READY", ["rejected", "ACKNOWLEDGED", "READY"]],
    ["RESULT 2\nok", "ACKNOWLEDGED", ["rejected", "ACKNOWLEDGED"]],
    ["RESULT 3\nOK\n", "ACKNOWLEDGED", ["rejected", "ACKNOWLEDGED"]],
    ["RESULT 0\n", "ACKNOWLEDGED", ["rejected", "ACKNOWLEDGED"]],
    ["RESULT 0\nREADY\n", "READY", ["rejected", "ACKNOWLEDGED", "READY"]],
    ["RESULT 1\nOK", "ACKNOWLEDGED", ["rejected", "ACKNOWLEDGED"]],
    ["RESULTX2\nOK", "ACKNOWLEDGED", ["processed", "ACKNOWLEDGED"]],
    ["1234567 +0_2 \r\nOK", "ACKNOWLEDGED", ["processed", "ACKNOWLEDGED"]],
    ["RESULT two\n", "UNKNOWN", ["bad-line RESULT two", "UNKNOWN"]],
    ["RESULT -1\n", "UNKNOWN", ["bad-line RESULT -1", "UNKNOWN"]],
    ["RESULT \n", "UNKNOWN", ["bad-line RESULT ", "UNKNOWN"]],
    ["RESULT 2__0\n", "UNKNOWN", ["bad-line RESULT 2__0", "UNKNOWN"]],
    ["\n", "UNKNOWN", ["bad-line ", "UNKNOWN"]],
    ["READY\n", "UNKNOWN", ["bad-line READY", "UNKNOWN"]],
    ["RESULT 2\nOKREADY\nRESULT 2\nOK", "UNKNOWN", ["processed", "ACKNOWLEDGED", "READY", "UNKNOWN"]],
  ])("is, after %j, %s", (text, name, said) => {
    expect(hear(ASSIGNED, text)).toEqual({ name, said });
  });

  it("is not waited for when its line does not end", () => {
    const endless = hear(ASSIGNED, `RESULT ${"1".repeat(2_000_000)}`);
    expect(endless).toEqual({ name: "UNKNOWN", said: [`bad-line RESULT ${"1".repeat(1017)}`, "UNKNOWN"] });
  });

  it("may give a result of any length, which takes no memory", () => {
    let { state } = listen(ASSIGNED, Buffer.from("RESULT 100000000\n"));
    for (let part = 0; part < 100; part++) state = listen(state, Buffer.alloc(1_000_000, "O")).state;
    expect(state.name).toBe("ACKNOWLEDGED");
  });
});

describe("a listener that is UNKNOWN", () => {
  it("stays so", () => {
    expect(hear({ name: "UNKNOWN" }, "READY\nRESULT 2\nOK")).toEqual({ name: "UNKNOWN", said: [] });
  });
});

describe("the words of a listener", () => {
  const pieces = fc.constantFrom(
    "READY\n",
    "RESULT 2\nOK",
    "RESULT 4\nFAIL",
    "RESULT 0\n",
    "RESULT x\n",
    "R",
    "\n",
    "OK",
    "12",
    "é",
  );
  const states = fc.constantFrom(FRESH, READY, ASSIGNED);

  it("mean the same however they are cut, also when the memory they came in is reused", () => {
    fc.assert(
      fc.property(states, fc.array(pieces, { maxLength: 8 }), fc.infiniteStream(fc.nat(7)), (start, said, cuts) => {
        const bytes = Buffer.from(said.join(""));
        const whole = listen(start, bytes);
        let state = start;
        const findings: Finding[] = [];
        for (let from = 0; from < bytes.length; ) {
          const chunk = Buffer.from(bytes.subarray(from, from + 1 + (cuts.next().value ?? 0)));
          from += chunk.length;
          const heard = listen(state, chunk);
          chunk.fill("#");
          state = heard.state;
          findings.push(...heard.findings);
        }
        expect(state).toEqual(whole.state);
        expect(words(findings)).toEqual(words(whole.findings));
      }),
    );
  });

  it("are kept up to a bound, whatever they are", () => {
    fc.assert(
      fc.property(states, fc.uint8Array({ maxLength: 5000 }), (start, bytes) => {
        const { state } = listen(start, Buffer.from(bytes));
        expect(JSON.stringify(state).length).toBeLessThan(10_000);
      }),
    );
  });
});

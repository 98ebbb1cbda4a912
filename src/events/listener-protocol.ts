import { unreachable } from "../model/unreachable.ts";

/**
 * Where the talk with one listener stands. What its stdout says moves it on; an event that is sent to a READY listener makes it BUSY.
 * UNKNOWN is for the rest of the process's life.
 * @see supervisor/dispatchers.py PEventListenerDispatcher
 */
export type ListenerState =
  /** It has not said yet that it wants an event. `heard` is too short to be judged. */
  | { readonly name: "ACKNOWLEDGED"; readonly heard: Buffer }
  | { readonly name: "READY" }
  /** It has an event; its answer is a line with a length, and then so many bytes. */
  | { readonly name: "BUSY"; readonly answer: Answer }
  /** It has said something that is not in the protocol. */
  | { readonly name: "UNKNOWN" };

type Answer =
  | { readonly part: "line"; readonly heard: Buffer }
  /** Of the result only the beginning is kept, whatever its length. */
  | { readonly part: "result"; readonly beginning: Buffer; readonly missing: number };

/** What the listener's words came to, in order. */
export type Finding =
  | { readonly kind: "entered"; readonly from: ListenerState["name"]; readonly to: ListenerState["name"] }
  /** The event that it had is done with, or is to be delivered again. The state changes next. */
  | { readonly kind: "verdict"; readonly verdict: Verdict };

export type Verdict =
  | { readonly kind: "processed" }
  | { readonly kind: "rejected" }
  | { readonly kind: "bad-line"; readonly line: Buffer };

const NOTHING = Buffer.alloc(0);

/** The state of a listener that was just spawned. */
export const FRESH: ListenerState = { name: "ACKNOWLEDGED", heard: NOTHING };

/** The state of a READY listener that was given an event. */
export const ASSIGNED: ListenerState = { name: "BUSY", answer: { part: "line", heard: NOTHING } };

/**
 * Takes what a listener wrote; how it is cut into chunks makes no difference.
 * @param bytes - may be reused by the caller afterwards.
 */
export function listen(
  state: ListenerState,
  bytes: Buffer,
): { readonly state: ListenerState; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  let now = state;
  let rest = bytes;
  while (rest.length > 0) {
    const step = take(now, rest);
    if (step.verdict !== undefined) findings.push({ kind: "verdict", verdict: step.verdict });
    if (step.next.name !== now.name) findings.push({ kind: "entered", from: now.name, to: step.next.name });
    now = step.next;
    rest = step.rest;
  }
  return { state: now, findings };
}

interface Step {
  readonly next: ListenerState;
  readonly rest: Buffer;
  readonly verdict?: Verdict;
}

function take(state: ListenerState, bytes: Buffer): Step {
  switch (state.name) {
    case "ACKNOWLEDGED":
      return takeGreeting(state.heard, bytes);
    case "READY":
    case "UNKNOWN":
      return distrust();
    case "BUSY":
      return state.answer.part === "line"
        ? takeLine(state.answer.heard, bytes)
        : takeResult(state.answer.beginning, state.answer.missing, bytes);
    default:
      return unreachable(state);
  }
}

const GREETING = Buffer.from("READY\n");

function takeGreeting(heard: Buffer, bytes: Buffer): Step {
  const wanted = GREETING.length - heard.length;
  const word = Buffer.concat([heard, bytes.subarray(0, wanted)]);
  if (word.length < GREETING.length) return { next: { name: "ACKNOWLEDGED", heard: word }, rest: NOTHING };
  return word.equals(GREETING) ? { next: { name: "READY" }, rest: bytes.subarray(wanted) } : distrust();
}

/** A line that is longer says no number that makes sense. */
const LONGEST_LINE_BYTES = 1024;
const LINE_FEED = 0x0a;

function takeLine(heard: Buffer, bytes: Buffer): Step {
  const end = bytes.indexOf(LINE_FEED);
  const part = end < 0 ? bytes : bytes.subarray(0, end);
  const line = Buffer.concat([heard, part.subarray(0, LONGEST_LINE_BYTES - heard.length)]);
  if (heard.length + part.length > LONGEST_LINE_BYTES) return distrust({ kind: "bad-line", line });
  if (end < 0) return { next: { name: "BUSY", answer: { part: "line", heard: line } }, rest: NOTHING };
  const length = resultLength(line);
  return length === null ? distrust({ kind: "bad-line", line }) : takeResult(NOTHING, length, bytes.subarray(end + 1));
}

/** `RESULT ` is as long, and nobody ever looked at what stands there. */
const WORD_BYTES = 7;

/** What Python's `int` takes, but for negative numbers. */
function resultLength(line: Buffer): number | null {
  const [, digits] = /^\s*\+?(\d+(?:_\d+)*)\s*$/.exec(line.toString("latin1", WORD_BYTES)) ?? [];
  return digits === undefined ? null : Number(digits.replaceAll("_", ""));
}

const ACCEPTING = Buffer.from("OK");

/** An empty result is judged at once; supervisord would wait for another byte. */
function takeResult(beginning: Buffer, missing: number, bytes: Buffer): Step {
  const part = bytes.subarray(0, missing);
  // One byte more than the accepting result has is enough to tell it from any other.
  const result = Buffer.concat([beginning, part.subarray(0, ACCEPTING.length + 1 - beginning.length)]);
  const stillMissing = missing - part.length;
  const rest = bytes.subarray(part.length);
  if (stillMissing > 0) {
    return { next: { name: "BUSY", answer: { part: "result", beginning: result, missing: stillMissing } }, rest };
  }
  return { next: FRESH, rest, verdict: { kind: result.equals(ACCEPTING) ? "processed" : "rejected" } };
}

function distrust(verdict?: Verdict): Step {
  const step = { next: { name: "UNKNOWN" }, rest: NOTHING } as const;
  return verdict === undefined ? step : { ...step, verdict };
}

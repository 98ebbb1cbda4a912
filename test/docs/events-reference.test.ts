import { expect, it } from "vitest";
import { sealEnvelope } from "../../src/events/envelope.ts";
import { eventPayload } from "../../src/events/payload.ts";
import { EVENT_TYPES, type EventType, type ListenerEvent, type ProcessStateEvent } from "../../src/model/event.ts";
import { eventTypeOf } from "../../src/model/event-type.ts";
import { PROCESS_STATE_CODES, type ProcessState } from "../../src/model/process-state.ts";

it("docs/reference/events.md tells what the table of types and the payloads say", async () => {
  await expect(renderEventsReference()).toMatchFileSnapshot("../../docs/reference/events.md");
});

const output = { group: "site", process: "web", pid: 4711, data: Buffer.from("text") } as const;

/** Where a process usually comes from. */
const USUAL_ORIGIN: Readonly<Record<ProcessState, ProcessState>> = {
  STOPPED: "STOPPING",
  STARTING: "STOPPED",
  RUNNING: "STARTING",
  BACKOFF: "STARTING",
  STOPPING: "RUNNING",
  EXITED: "RUNNING",
  FATAL: "BACKOFF",
  UNKNOWN: "RUNNING",
};

/** One event of each concrete type. */
const SAMPLES: readonly ListenerEvent[] = [
  ...(Object.keys(PROCESS_STATE_CODES) as ProcessState[]).map(entered),
  ...(["stdout", "stderr"] as const).flatMap((channel) => [
    { kind: "process-log", channel, ...output } as const,
    { kind: "process-communication", channel, ...output } as const,
  ]),
  ...(["ADDED", "REMOVED"] as const).map((change) => ({ kind: "process-group", change, group: "site" }) as const),
  ...(["RUNNING", "STOPPING"] as const).map((state) => ({ kind: "supervisor-state", state }) as const),
  ...([5, 60, 3600] as const).map((period) => ({ kind: "tick", period, when: 1_764_115_200 }) as const),
  { kind: "remote-communication", type: "deploy", data: "done" },
];

function entered(state: ProcessState): ProcessStateEvent {
  const from = USUAL_ORIGIN[state];
  return { kind: "process-state", group: "site", process: "web", state, from, pid: 4711, tries: 1, expected: true, exit: null };
}

function renderEventsReference(): string {
  const payloads = new Map(SAMPLES.map((event) => [eventTypeOf(event), eventPayload(event).toString()]));
  const rows = (Object.keys(EVENT_TYPES) as EventType[]).map((type) => {
    const { parent, abstract } = EVENT_TYPES[type];
    const payload = payloads.get(type);
    if (!abstract && payload === undefined) throw new Error(`no sample of ${type}`);
    return `| \`${type}\` | ${parent === null ? "" : `\`${parent}\``} | ${payload === undefined ? "never sent itself" : shown(payload)} |`;
  });
  const letter = { type: "TICK_5", serial: 21, payload: Buffer.from("when:1764115200"), poolSerial: 10 } as const;
  return [
    "# Events",
    "",
    "What the daemon tells event listeners. A subscription to a type delivers its subtypes too. `␊` stands for a line feed.",
    "",
    "| type | subtype of | payload, for example |",
    "|---|---|---|",
    ...rows,
    "",
    "`tries` counts failed starts in a row. `expected` is 1 when the exit code is one of the program's `exitcodes`. `pid` is the child that",
    "runs, or the one that has just ended. `when` is a multiple of the tick's period.",
    "",
    "A listener gets one line, and then as many characters as `len` says:",
    "",
    "```",
    sealEnvelope("supervisor", "mailer", letter).toString(),
    "```",
    "",
  ].join("\n");
}

function shown(payload: string): string {
  return payload === "" ? "empty" : `\`${payload.replaceAll("\n", "␊")}\``;
}

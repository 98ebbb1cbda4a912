import type { ProcessConfig } from "../model/config.ts";
import type { ProcessOutputEvent } from "../model/event.ts";
import type { LogLevel } from "../model/log-level.ts";
import { Capture } from "./capture.ts";
import type { EventBus } from "./event-bus.ts";

type Channel = ProcessOutputEvent["channel"];

export interface OutputEventsOptions {
  readonly bus: EventBus;
  /** The child that writes for a process. */
  readonly pidOf: (process: ProcessConfig) => number;
  readonly log: (level: LogLevel, message: string) => void;
}

/** What a stream means besides text; each part is `null` for a stream that has none of it. */
export interface OutputEvents {
  /** Hears the stdout of a listener. */
  tapOutput(process: ProcessConfig, channel: Channel): OutputListener | null;
  /** Captures what a program encloses in tokens. */
  filterOutput(process: ProcessConfig, channel: Channel): Capture | null;
  /** Makes events of what a program says. */
  observeOutput(process: ProcessConfig, channel: Channel): OutputListener | null;
}

/** Hears of bytes, which are valid during the call only. */
type OutputListener = (bytes: Buffer) => void;

/** Brings output to the bus, as far as it is configured to go there. */
export function outputEvents({ bus, pidOf, log }: OutputEventsOptions): OutputEvents {
  /** The stdout of a listener belongs to the protocol: it is logged, and nothing else. */
  const isTalk = ({ group }: ProcessConfig, channel: Channel): boolean => channel === "stdout" && bus.isPool(group);
  const publish = (kind: ProcessOutputEvent["kind"], process: ProcessConfig, channel: Channel, data: Buffer): void => {
    bus.publish({ kind, group: process.group, process: process.name, pid: pidOf(process), channel, data });
  };
  return {
    tapOutput(process, channel) {
      if (!isTalk(process, channel)) return null;
      return (bytes) => bus.heard(process.group, process.name, bytes);
    },
    filterOutput(process, channel) {
      const { captureMaxBytes } = process.launch[channel];
      if (captureMaxBytes === 0 || isTalk(process, channel)) return null;
      return new Capture(captureMaxBytes, (section) => {
        publish("process-communication", process, channel, section);
        log("debug", `'${process.name}' ${channel} emitted a comm event`);
      });
    },
    observeOutput(process, channel) {
      if (!process.launch[channel].eventsEnabled || isTalk(process, channel)) return null;
      return (bytes) => {
        for (const piece of pieces(bytes)) publish("process-log", process, channel, piece);
      };
    },
  };
}

/** What one event carries at most; supervisord reads no more at once. */
const LONGEST_PIECE_BYTES = 128 * 1024;

/** Cuts bytes, but not within a character. */
function* pieces(bytes: Buffer): Iterable<Buffer> {
  let start = 0;
  while (bytes.length - start > LONGEST_PIECE_BYTES) {
    const end = characterStart(bytes, start + LONGEST_PIECE_BYTES);
    yield bytes.subarray(start, end);
    start = end;
  }
  yield bytes.subarray(start);
}

const LONGEST_CHARACTER_BYTES = 4;

/** The last position up to `at` where a character begins; `at` itself when there is no UTF-8 around. */
function characterStart(bytes: Buffer, at: number): number {
  for (let start = at; start > at - LONGEST_CHARACTER_BYTES; start--) {
    if (((bytes[start] ?? 0) & 0xc0) !== 0x80) return start;
  }
  return at;
}

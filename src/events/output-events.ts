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

/** What the output of processes means besides text: words of listeners, sections for listeners, and events of its own. */
export class OutputEvents {
  readonly #options: OutputEventsOptions;

  constructor(options: OutputEventsOptions) {
    this.#options = options;
  }

  /** Hears the stdout of a listener as it comes; `null` for any other stream. */
  readonly tapOutput = (process: ProcessConfig, channel: Channel): ((bytes: Buffer) => void) | null => {
    if (!this.#isConversation(process, channel)) return null;
    return (bytes) => this.#options.bus.heard(process.group, process.name, bytes);
  };

  /** Captures what a stream encloses in tokens; `null` for a stream without capture. */
  readonly filterOutput = (process: ProcessConfig, channel: Channel): Capture | null => {
    const { captureMaxBytes } = process.launch[channel];
    if (captureMaxBytes === 0 || this.#isConversation(process, channel)) return null;
    return new Capture(captureMaxBytes, (section) => {
      this.#publish("process-communication", process, channel, section);
      this.#options.log("debug", `'${process.name}' ${channel} emitted a comm event`);
    });
  };

  /** Makes events of what a stream says; `null` for a stream that has none. */
  readonly observeOutput = (process: ProcessConfig, channel: Channel): ((bytes: Buffer) => void) | null => {
    if (!process.launch[channel].eventsEnabled || this.#isConversation(process, channel)) return null;
    return (bytes) => {
      for (const piece of pieces(bytes)) this.#publish("process-log", process, channel, piece);
    };
  };

  /** The stdout of a listener belongs to the protocol: it is logged, and nothing else. */
  #isConversation({ group }: ProcessConfig, channel: Channel): boolean {
    return channel === "stdout" && this.#options.bus.isPool(group);
  }

  #publish(kind: ProcessOutputEvent["kind"], process: ProcessConfig, channel: Channel, data: Buffer): void {
    const { bus, pidOf } = this.#options;
    bus.publish({ kind, group: process.group, process: process.name, pid: pidOf(process), channel, data });
  }
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

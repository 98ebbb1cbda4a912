import type { ClientName } from "../clients.ts";
import type { Peer } from "./peer.ts";

/** One thing that is done to a daemon, and the text that tells what came of it. */
export interface Step {
  /** What is done, as the transcript names it. */
  readonly label: string;
  /** What else the outcome depends on; a change of it makes a recording stale. */
  readonly detail?: string;
  run(peer: Peer): Promise<string>;
  /** Set where the two daemons differ on purpose. */
  readonly differences?: readonly Difference[];
}

/** What taskmasterd answers where it does not answer as supervisord does. */
export interface Difference {
  /** A key of the list of exceptions. */
  readonly exception: string;
  /** The whole outcome, a pattern that it matches, or what makes supervisord's outcome of it. */
  readonly ours: string | RegExp | ((own: string) => string);
}

/** A story with a beginning and an end, told to both daemons. */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A configuration and what is tried with it, in this order: one scenario leaves the processes to the next. */
export interface World {
  /** Also the name of its recording. */
  readonly name: string;
  /** The foreign client that is driven, when that is what the world is about. */
  readonly client?: ClientName;
  /** The sections after those of the daemon itself; `null` when the scenarios start daemons of their own. */
  readonly configuration: string | null;
  readonly scenarios: readonly Scenario[];
}

export function scenario(name: string, ...steps: readonly Step[]): Scenario {
  return { name, steps };
}

/** What one scenario brought about: a label and an outcome for each step. */
export type Transcript = readonly TranscriptEntry[];

export interface TranscriptEntry {
  readonly step: string;
  readonly outcome: string;
}

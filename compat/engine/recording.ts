import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Observation } from "./run.ts";
import type { Scenario, Transcript, World } from "./step.ts";

const FOLDER = join(import.meta.dirname, "../recordings");

/** The form of a file in `recordings/`. Of an outcome, the lines are kept one by one, so that a change can be read. */
interface Recording {
  /** What was recorded: the release of supervisord. */
  readonly supervisord: string;
  /** Of the configuration and of every step: other scenarios need another recording. */
  readonly digest: string;
  readonly scenarios: Readonly<Record<string, readonly { readonly step: string; readonly outcome: readonly string[] }[]>>;
}

/** What supervisord did when the scenarios of this world were recorded. @throws when there is no recording of just these. */
export function readRecording(world: World): Observation {
  const path = pathOf(world);
  if (!existsSync(path)) throw new Error(`there is no recording of ${world.name}: npm run compat -- --record`);
  const recording: Recording = JSON.parse(readFileSync(path, "utf8"));
  if (recording.digest !== digest(world)) {
    throw new Error(`the recording of ${world.name} is of other scenarios: npm run compat -- --record`);
  }
  return new Map(Object.entries(recording.scenarios).map(([name, steps]) => [name, steps.map(joinLines)]));
}

export function writeRecording(world: World, observation: Observation, supervisord: string): void {
  const scenarios = Object.fromEntries([...observation].map(([name, transcript]) => [name, splitLines(transcript)]));
  const recording: Recording = { supervisord, digest: digest(world), scenarios };
  writeFileSync(pathOf(world), `${JSON.stringify(recording, null, 1)}\n`);
}

function pathOf(world: World): string {
  return join(FOLDER, `${world.name.replaceAll(" ", "-")}.json`);
}

function digest({ configuration, scenarios }: World): string {
  const facts = [configuration, scenarios.map(factsOf)];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}

function factsOf({ name, steps }: Scenario): unknown {
  return [name, steps.map(({ label, detail }) => [label, detail])];
}

function joinLines({ step, outcome }: { readonly step: string; readonly outcome: readonly string[] }): Transcript[number] {
  return { step, outcome: outcome.join("\n") };
}

function splitLines(transcript: Transcript): Recording["scenarios"][string] {
  return transcript.map(({ step, outcome }) => ({ step, outcome: outcome.split("\n") }));
}

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isInstalled } from "../test/support/tools.ts";
import { CLIENTS } from "./clients.ts";
import { type Comparison, compare } from "./engine/compare.ts";
import { hideVersions, renderMatrix, renderSummary } from "./engine/matrix.ts";
import { readRecording, writeRecording } from "./engine/recording.ts";
import { inParallel, type Observation, observe } from "./engine/run.ts";
import type { Scenario, World } from "./engine/step.ts";
import { WORLDS } from "./scenarios/worlds.ts";

/*
 * Every scenario is told to taskmasterd, and each step has to have the outcome that it had with supervisord: in the recordings, or,
 * with COMPAT=live, in a supervisord that is told the same at the same time; COMPAT=record keeps what that one did. COMPAT_ONLY chooses
 * the worlds whose names hold a text.
 */

const MODE = process.env.COMPAT ?? "recorded";

/** Whoever asks for a mode wants a new page; a test only compares it. */
const writesMatrix = process.env.COMPAT !== undefined;

/** Daemons at once: they mostly wait. */
const PARALLEL = MODE === "recorded" ? 6 : 12;

/** Worlds that are told to supervisord even so, where it is installed: they show that the recordings are true. */
const SAMPLE: ReadonlySet<string> = new Set(["multicall", "input", "authentication", "quitting"]);

const MATRIX = join(import.meta.dirname, "matrix.md");

const isComplete = process.env.COMPAT_ONLY === undefined;
const worlds = WORLDS.filter(({ name, client }) => {
  const isChosen = name.includes(process.env.COMPAT_ONLY ?? "");
  return isChosen && (client === undefined || isInstalled(CLIENTS[client].command));
});
const hasOriginal = isInstalled("supervisord");
const sample = hasOriginal && MODE === "recorded" ? worlds.filter(({ name }) => SAMPLE.has(name)) : [];

type Seen = { readonly original: Observation; readonly ours: Observation } | { readonly error: unknown };

const seen = new Map<string, Seen>();
const seenAgain = new Map<string, Observation | Error>();

beforeAll(async () => {
  const sampling = inParallel(sample.length || 1, sample, async (world) => {
    seenAgain.set(world.name, await observe("supervisord", world).catch((error: Error) => error));
  });
  await inParallel(PARALLEL, worlds, async (world) => {
    seen.set(world.name, await see(world));
  });
  await sampling;
}, 1_800_000);

afterAll(() => {
  const comparisons = worlds.map((world) => ({ world, comparisons: compareWorld(world) }));
  process.stdout.write(renderSummary(comparisons));
  if (writesMatrix && isComplete && worlds.length === WORLDS.length) writeFileSync(MATRIX, renderMatrix(comparisons));
});

describe.each(worlds)("$name", (world) => {
  it.each(world.scenarios)("$name", (scenario) => {
    expect(compareScenario(world, scenario).problems.join("\n\n")).toBe("");
  });
});

describe.runIf(sample.length > 0)("a recording is what supervisord does", () => {
  it.each(sample)("$name", (world) => {
    const observation = seenAgain.get(world.name);
    if (observation instanceof Error) throw observation;
    expect(Object.fromEntries(observation ?? [])).toEqual(Object.fromEntries(readRecording(world)));
  });
});

describe.runIf(isComplete && !writesMatrix && worlds.length === WORLDS.length)("the matrix", () => {
  it("tells of these clients, scenarios and exceptions", () => {
    const comparisons = worlds.map((world) => ({ world, comparisons: compareWorld(world) }));
    expect(hideVersions(readFileSync(MATRIX, "utf8"))).toBe(hideVersions(renderMatrix(comparisons)));
  });
});

/** When one of the two fails, the other is still seen to its end: it would outlive this test otherwise. */
async function see(world: World): Promise<Seen> {
  const [original, ours] = await Promise.allSettled([seeOriginal(world), observe("taskmasterd", world)]);
  if (original.status === "rejected") return { error: original.reason };
  return ours.status === "rejected" ? { error: ours.reason } : { original: original.value, ours: ours.value };
}

async function seeOriginal(world: World): Promise<Observation> {
  if (MODE === "recorded") return readRecording(world);
  const observation = await observe("supervisord", world);
  if (MODE === "record") writeRecording(world, observation, supervisordVersion());
  return observation;
}

function compareWorld(world: World): readonly Comparison[] {
  return world.scenarios.map((scenario) => {
    try {
      return compareScenario(world, scenario);
    } catch (error) {
      return { problems: [String(error)], exceptions: [] };
    }
  });
}

function compareScenario(world: World, scenario: Scenario): Comparison {
  const outcome = seen.get(world.name);
  if (outcome === undefined || "error" in outcome) throw outcome?.error;
  return compare(scenario, outcome.original.get(scenario.name) ?? [], outcome.ours.get(scenario.name) ?? []);
}

function supervisordVersion(): string {
  return execFileSync("/usr/bin/supervisord", ["--version"], { encoding: "utf8" }).trim();
}

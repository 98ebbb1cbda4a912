import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { Complaints } from "./complaints.ts";
import { storm } from "./storm.ts";
import { Tally } from "./tally.ts";
import { conditionOf, residentMiB, settledDescriptors, startTarget, type Target } from "./target.ts";

/** `npm test` sends few requests and always the same; `npm run fuzz` sends many. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2500);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const IS_LONG = REQUESTS >= 100_000;

/** The requests are sent in so many storms. The first one warms the daemon up: what it has in memory may not grow from then on. */
const STORMS = IS_LONG ? 10 : 2;

/** Connections at a time. */
const PARALLEL = 24;

/** MiB that the daemon may grow by after the first storm; that of a short run leaves the heap far from its working size. */
const MOST_GROWTH_MIB = IS_LONG ? 40 : 100;

/** Milliseconds between a storm and the look at the memory: time to collect garbage for who does so when idle. */
const PAUSE_MS = IS_LONG ? 5000 : 50;

let target: Target | null = null;
let complaints: Complaints | null = null;

afterEach(async () => {
  complaints?.end();
  await target?.daemon.stop();
});

describe("a daemon in a storm of broken, hostile and right requests", () => {
  it("answers, supervises and holds what it held before", { timeout: 3_600_000 }, async () => {
    target = await startTarget();
    complaints = await Complaints.of(target.daemon.socket);
    const { pid } = target.daemon;
    const condition = await conditionOf(target);
    const descriptors = await settledDescriptors(target);
    const memory = [residentMiB(pid)];
    const tally = new Tally();
    const started = performance.now();
    for (let count = 0; count < STORMS; count += 1) {
      await storm({ places: target.places, seed: SEED, requests: Math.ceil(REQUESTS / STORMS), parallel: PARALLEL }, tally);
      await sleep(PAUSE_MS);
      memory.push(residentMiB(pid));
    }
    const seconds = (performance.now() - started - STORMS * PAUSE_MS) / 1000;
    expect(tally.defects).toEqual([]);
    expect(complaints.found).toEqual([]);
    expect(await conditionOf(target)).toEqual(condition);
    expect(await settledDescriptors(target)).toEqual(descriptors);
    expect(complaints.isListening).toBe(true);
    if (IS_LONG) report(tally, seconds, memory, descriptors.length);
    const [, warm = 0] = memory;
    expect((memory.at(-1) ?? 0) - warm).toBeLessThan(MOST_GROWTH_MIB);
  });
});

function report(tally: Tally, seconds: number, memory: readonly number[], descriptors: number): void {
  process.stdout.write(
    [
      "",
      `seed ${SEED}: ${tally}`,
      `${Math.round(tally.requests / seconds)} requests a second, ${PARALLEL} connections at a time`,
      `resident memory in MiB before, and after each storm: ${memory.map((each) => each.toFixed(0)).join(" ")}`,
      `descriptors of the daemon, before and after: ${descriptors}`,
      "",
    ].join("\n"),
  );
}

import { Peer, type PeerKind } from "./peer.ts";
import type { Scenario, Transcript, World } from "./step.ts";

/** What the scenarios of one world brought about with one daemon, by the scenario's name. */
export type Observation = ReadonlyMap<string, Transcript>;

/** Runs every scenario of a world, in order, with one daemon. */
export async function observe(kind: PeerKind, world: World): Promise<Observation> {
  const peer = await Peer.create(kind);
  const transcripts = new Map<string, Transcript>();
  try {
    if (world.configuration !== null) {
      peer.configure(world.configuration);
      await peer.start();
    }
    for (const scenario of world.scenarios) transcripts.set(scenario.name, await play(peer, scenario));
    return transcripts;
  } finally {
    await peer.stop();
  }
}

/** Runs a task for each item, so many at a time. */
export async function inParallel<Item>(
  limit: number,
  items: readonly Item[],
  task: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await task(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

async function play(peer: Peer, scenario: Scenario): Promise<Transcript> {
  const transcript: { step: string; outcome: string }[] = [];
  for (const { label, run } of scenario.steps) {
    try {
      transcript.push({ step: label, outcome: await run(peer) });
    } catch (error) {
      throw new Error(`${peer.kind}, ${scenario.name}: ${label}: ${describe(error)}\n${peer.read("daemon.log").slice(-2000)}`, {
        cause: error,
      });
    }
  }
  return transcript;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

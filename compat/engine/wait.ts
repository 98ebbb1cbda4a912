import { waitFor } from "../../test/support/wait.ts";

/** A daemon of eight that start at once on a busy machine may take its time. Milliseconds. */
const PATIENCE = 120_000;

/** Waits until `probe` gives something. @throws with the last failure when it does not within two minutes. */
export function waitUntil<Value>(what: string, probe: Parameters<typeof waitFor<Value>>[1]): Promise<Value> {
  return waitFor(what, probe, PATIENCE);
}

import { setTimeout as sleep } from "node:timers/promises";

const DEADLINE_MS = 60_000;
const INTERVAL_MS = 20;

/** Waits until `probe` gives something. @throws with the last failure when it does not in time: a minute, unless told otherwise. */
export async function waitFor<Value>(
  what: string,
  probe: () => Promise<Value | undefined | null | false> | Value | undefined | null | false,
  deadlineMillis = DEADLINE_MS,
): Promise<Value> {
  const deadline = performance.now() + deadlineMillis;
  let last: unknown = null;
  while (performance.now() < deadline) {
    try {
      const value = await probe();
      if (value !== undefined && value !== null && value !== false) return value;
    } catch (error) {
      last = error;
    }
    await sleep(INTERVAL_MS);
  }
  throw new Error(`waited in vain for ${what}`, { cause: last });
}

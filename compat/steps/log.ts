import type { Step } from "../engine/step.ts";
import { waitUntil } from "../engine/wait.ts";

/**
 * Tells the lines of the activity log that have a word, each from its level on, once one of them has another text. Lines of other
 * processes come between them as chance will have it.
 */
export function log(about: string, until: string): Step {
  return {
    label: `lines of the activity log about ${about}, up to ${JSON.stringify(until)}`,
    async run(peer) {
      const lines = () =>
        peer
          .read("daemon.log")
          .split("\n")
          .filter((line) => line.includes(about));
      await waitUntil(`${until} in the activity log`, () => lines().some((line) => line.includes(until)));
      return peer.normalise(lines().map(withoutDate).join("\n"));
    },
  };
}

function withoutDate(line: string): string {
  return line.replace(/^\S+ \S+ /, "");
}

/** Waits until the activity log has a text so many times. */
export function logged(text: string, times = 1): Step {
  return {
    label: `wait until the activity log has ${JSON.stringify(text)} ${times} times`,
    async run(peer) {
      await waitUntil(`${text} in the activity log`, () => peer.read("daemon.log").split(text).length > times);
      return "";
    },
  };
}

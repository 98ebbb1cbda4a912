import type { Step } from "../engine/step.ts";

/** Starts a daemon that does not come up, and tells what it says and how it ends. */
export function launch(what: string, configuration: string, ...words: readonly string[]): Step {
  return {
    label: `start with ${what}`,
    detail: [configuration, ...words].join("\n"),
    async run(peer) {
      peer.write("given.conf", configuration);
      const place = words.some((word) => word.startsWith("-c")) ? [] : ["-c", "given.conf"];
      const { stdout, stderr, status } = await peer.runDaemon(["-n", ...place, ...words]);
      return peer.normalise(`${stdout}${stderr}exit status ${status}`);
    },
  };
}

/** Runs the daemon's program with nothing but these words. */
export function daemonCommand(...words: readonly string[]): Step {
  return {
    label: `run the daemon with ${words.join(" ")}`,
    async run(peer) {
      const { stdout, stderr, status } = await peer.runDaemon(words);
      return peer.normalise(`${stdout}${stderr}exit status ${status}`);
    },
  };
}

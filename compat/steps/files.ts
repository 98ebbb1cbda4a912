import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Step } from "../engine/step.ts";
import { waitUntil } from "../engine/wait.ts";

/** Changes the configuration: the sections after those of the daemon. */
export function edit(what: string, sections: string): Step {
  return {
    label: `edit the configuration: ${what}`,
    detail: sections,
    async run(peer) {
      peer.configure(sections);
      return "";
    },
  };
}

export function write(name: string, text: string): Step {
  return {
    label: `write ${name}`,
    detail: text,
    async run(peer) {
      peer.write(name, text);
      return "";
    },
  };
}

export function remove(name: string): Step {
  return {
    label: `remove ${name}`,
    async run(peer) {
      rmSync(join(peer.folder, name), { recursive: true, force: true });
      return "";
    },
  };
}

export function rename(from: string, to: string): Step {
  return {
    label: `rename ${from} to ${to}`,
    async run(peer) {
      renameSync(join(peer.folder, from), join(peer.folder, to));
      return "";
    },
  };
}

/** Waits until a file holds a text, and tells all that it holds. */
export function file(name: string, until = ""): Step {
  return {
    label: until === "" ? `read ${name}` : `read ${name} once it has ${JSON.stringify(until)}`,
    async run(peer) {
      if (until !== "") await waitUntil(`${until} in ${name}`, () => peer.read(name).includes(until));
      return (await isThere(join(peer.folder, name))) ? peer.normalise(peer.read(name)) : "no such file";
    },
  };
}

/** A rotation gives the file another name a moment before it begins the next one. */
async function isThere(path: string): Promise<boolean> {
  const deadline = performance.now() + ROTATION_MS;
  while (!existsSync(path)) {
    if (performance.now() > deadline) return false;
    await sleep(5);
  }
  return true;
}

const ROTATION_MS = 300;

/** Tells what a file holds up to the first line with a text: what the original writes after it depends on its haste. */
export function fileUpTo(name: string, last: string): Step {
  return {
    label: `read ${name} up to ${JSON.stringify(last)}`,
    run: async (peer) => {
      const lines = peer.normalise(peer.read(name)).split("\n");
      const end = lines.findIndex((line) => line.includes(last));
      return lines.slice(0, end === -1 ? lines.length : end + 1).join("\n");
    },
  };
}

/** Waits until there is such a file. */
export function exists(name: string): Step {
  return {
    label: `wait until there is ${name}`,
    async run(peer) {
      await waitUntil(name, () => existsSync(join(peer.folder, name)));
      return "";
    },
  };
}

/** Tells the permissions of a file. */
export function mode(name: string): Step {
  return {
    label: `mode of ${name}`,
    run: async (peer) => (statSync(join(peer.folder, name)).mode & 0o7777).toString(8),
  };
}

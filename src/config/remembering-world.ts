import type { ConfigWorld } from "../model/config-world.ts";

/** The same world, which asks the system about each directory once: thousands of programs log to the same few. */
export function rememberingWorld(world: ConfigWorld): ConfigWorld {
  const known = new Map<string, boolean>();
  return {
    ...world,
    isDirectory: (path) => {
      const answer = known.get(path) ?? world.isDirectory(path);
      known.set(path, answer);
      return answer;
    },
  };
}

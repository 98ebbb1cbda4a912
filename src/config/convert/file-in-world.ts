import type { ConfigWorld } from "../../model/config-world.ts";

/** The same system with one file more, whose text is not on the disk. */
export function withFile(world: ConfigWorld, path: string, text: string): ConfigWorld {
  return {
    ...world,
    readFile: (other) => (other === path ? text : world.readFile(other)),
    exists: (other) => other === path || world.exists(other),
  };
}

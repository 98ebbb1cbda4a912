import type { ConfigWorld } from "../../model/config-world.ts";

/**
 * The same system with one file more, whose text is not on the disk. Every directory that the text names exists there: what is
 * converted may be meant for another system, and directories were checked when it was loaded.
 */
export function worldWithFile(world: ConfigWorld, path: string, text: string): ConfigWorld {
  return {
    ...world,
    readFile: (other) => (other === path ? text : world.readFile(other)),
    exists: (other) => other === path || world.exists(other),
    isDirectory: (folder) => text.includes(folder) || world.isDirectory(folder),
  };
}

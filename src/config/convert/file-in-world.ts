import type { ConfigWorld } from "../../model/config-world.ts";

/** The same system with one file more, whose text is not on the disk. */
export function withFile(world: ConfigWorld, path: string, text: string): ConfigWorld {
  return {
    env: world.env,
    cwd: world.cwd,
    uid: world.uid,
    hostName: world.hostName,
    readFile: (other) => (other === path ? text : world.readFile(other)),
    listDirectory: (folder) => world.listDirectory(folder),
    isDirectory: (folder) => world.isDirectory(folder),
    exists: (other) => other === path || world.exists(other),
    findUser: (user) => world.findUser(user),
    findGroup: (group) => world.findGroup(group),
    homeDirectory: (user) => world.homeDirectory(user),
  };
}

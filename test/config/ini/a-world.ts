import { posix } from "node:path";
import { loadIni } from "../../../src/config/ini/load-ini.ts";
import type { ConfigNote, DaemonOverrides, LoadOutcome } from "../../../src/config/outcome.ts";
import type { Config } from "../../../src/model/config.ts";
import type { ConfigWorld } from "../../../src/model/config-world.ts";

/** A system of a few files, with the users root, www and their groups; `/tmp` and `/var/log` exist, and so does what holds a file. */
export function aWorld(files: Readonly<Record<string, string>>, facts: Partial<ConfigWorld> = {}): ConfigWorld {
  const folders = new Set(["/", "/tmp", "/var/log", "/root"]);
  for (const file of Object.keys(files)) {
    for (let folder = posix.dirname(file); folder !== "/"; folder = posix.dirname(folder)) folders.add(folder);
  }
  const users = [
    { uid: 0, gid: 0, name: "root" },
    { uid: 33, gid: 34, name: "www" },
  ];
  const normal = (path: string) => (path === "/" ? path : posix.normalize(path).replace(/\/$/, ""));
  return {
    env: { PATH: "/usr/bin:/bin", HOME: "/root" },
    cwd: "/base",
    uid: 0,
    hostName: "box",
    readFile: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`no file ${path}`), { code: "ENOENT" });
      return text;
    },
    listDirectory: (path) => {
      const paths = [...Object.keys(files), ...folders].filter((each) => each !== "/" && posix.dirname(each) === normal(path));
      return paths.map((each) => posix.basename(each));
    },
    isDirectory: (path) => folders.has(normal(path)),
    exists: (path) => path in files || folders.has(normal(path)),
    findUser: (text) => users.find(({ uid, name }) => name === text || String(uid) === text) ?? null,
    findGroup: (text) => users.find(({ gid, name }) => name === text || String(gid) === text)?.gid ?? null,
    homeDirectory: (user) => (user === null ? "/root" : user === "www" ? "/var/www" : null),
    ...facts,
  };
}

/** Loads `/etc/s/main.conf` of such a system. */
export function load(
  files: Readonly<Record<string, string>> | string,
  { world, overrides = {} }: { world?: Partial<ConfigWorld>; overrides?: DaemonOverrides } = {},
): LoadOutcome {
  const all = typeof files === "string" ? { "main.conf": files } : files;
  const paths = Object.fromEntries(Object.entries(all).map(([name, text]) => [`/etc/s/${name}`, text]));
  return loadIni("/etc/s/main.conf", aWorld(paths, world), overrides);
}

/** The same, of a configuration that must be good. */
export function loaded(...parameters: Parameters<typeof load>): Config & { readonly notes: readonly ConfigNote[] } {
  const outcome = load(...parameters);
  if (!outcome.ok) throw new Error(outcome.errors.map(({ message }) => message).join("\n"));
  return { ...outcome.value, notes: outcome.notes };
}

/** The messages of a configuration that must be bad. */
export function refusals(...parameters: Parameters<typeof load>): readonly string[] {
  const outcome = load(...parameters);
  return outcome.ok ? [] : outcome.errors.map(({ message }) => message);
}

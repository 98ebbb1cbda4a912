import type { ConfigWorld } from "../model/config-world.ts";
import { compareText } from "./order.ts";

/**
 * The files that a pattern of `*`, `?` and `[…]` matches, sorted; a name that begins with a dot is matched only by a pattern that does.
 * @param pattern - an absolute path; what it says without wildcards is kept as written.
 */
export function glob(pattern: string, world: ConfigWorld): readonly string[] {
  return [...expandPattern(pattern, world)].sort(compareText);
}

function expandPattern(pattern: string, world: ConfigWorld): readonly string[] {
  if (!hasWildcard(pattern)) return world.exists(pattern) ? [pattern] : [];
  const slash = pattern.lastIndexOf("/");
  const folder = slash === 0 ? "/" : pattern.slice(0, slash);
  const name = pattern.slice(slash + 1);
  const folders = hasWildcard(folder) ? expandPattern(folder, world) : [folder];
  return folders.flatMap((parent) => matchInFolder(parent, name, world));
}

function matchInFolder(folder: string, name: string, world: ConfigWorld): readonly string[] {
  const prefix = folder === "/" ? "/" : `${folder}/`;
  if (!hasWildcard(name)) return world.exists(prefix + name) ? [prefix + name] : [];
  const matcher = wildcardMatcher(name);
  return world
    .listDirectory(folder)
    .filter((entry) => (name.startsWith(".") || !entry.startsWith(".")) && matcher.test(entry))
    .map((entry) => prefix + entry);
}

function hasWildcard(text: string): boolean {
  return /[*?[]/.test(text);
}

function wildcardMatcher(name: string): RegExp {
  const characters = [...name];
  let source = "";
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    const end = character === "[" ? classEnd(characters, at) : -1;
    if (end >= 0) {
      source += classSource(characters.slice(at + 1, end));
      at = end;
    } else if (character === "*") source += ".*";
    else if (character === "?") source += ".";
    else source += literal(character);
  }
  return new RegExp(`^${source}$`, "su");
}

/** A `]` right after the opening bracket, or after its `!`, is a member of the class; without a closing one there is no class. */
function classEnd(characters: readonly string[], open: number): number {
  const first = open + (characters[open + 1] === "!" ? 2 : 1);
  return characters.indexOf("]", first + 1);
}

function classSource(members: readonly string[]): string {
  const negated = members[0] === "!";
  let source = "";
  for (let at = negated ? 1 : 0; at < members.length; at++) {
    const from = members[at] ?? "";
    const to = members[at + 1] === "-" ? members[at + 2] : undefined;
    if (to === undefined) source += literal(from);
    else {
      // `z-a` matches nothing instead of being an error, as in fnmatch.
      if (compareText(from, to) <= 0) source += `${literal(from)}-${literal(to)}`;
      at += 2;
    }
  }
  return `[${negated ? "^" : ""}${source}]`;
}

function literal(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

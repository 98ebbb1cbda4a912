import { dirname, isAbsolute, resolve } from "node:path";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { ConfigKey } from "../keys/key.ts";
import { yamlDefault } from "../keys.ts";
import { expandUser } from "../paths.ts";
import { expand, type Variables } from "./expand.ts";
import { badValue } from "./messages.ts";
import type { Problems } from "./problems.ts";
import type { Located, MapTree, ScalarTree, Tree } from "./tree.ts";

/** One map of the document while it is read: a program, a server, the daemon. */
export interface Section {
  /** For messages: `program "web"`. */
  readonly label: string;
  readonly map: MapTree;
  readonly variables: Variables;
  readonly world: ConfigWorld;
  readonly problems: Problems;
}

/** A value as it stands in the file, variables expanded. */
export interface Written {
  /** The key as it was written. */
  readonly name: string;
  readonly tree: ScalarTree;
  readonly text: string;
}

/** Reads a text; `undefined` when the key does not take it. */
export type Parse<Value> = (text: string) => Value | undefined;

export interface ReadOptions {
  /** Why a well-formed value may still be refused. */
  readonly reason?: (text: string) => string;
}

/**
 * Reads the value of a key that holds one scalar. Whatever is wrong is reported, and the default takes its place so that the rest can
 * be checked too.
 * @param otherwise - the value where the key has no default.
 */
export function readValue<Value>(
  section: Section,
  option: ConfigKey,
  parse: Parse<Value>,
  otherwise: Value,
  options: ReadOptions = {},
): Value {
  const written = readText(section, option);
  if (written !== null) {
    const value = parse(written.text);
    if (value !== undefined) return value;
    refuse(section, option, written, options.reason?.(written.text));
  }
  const byDefault = yamlDefault(option);
  return (byDefault === null ? undefined : parse(byDefault)) ?? otherwise;
}

/** The scalar of a key with its variables expanded; `null` when the key is absent or its value was refused. */
export function readText(section: Section, option: ConfigKey): Written | null {
  const found = findKey(section, option);
  if (found === null || found.tree.kind !== "scalar" || found.tree.value === null) return null;
  const text = expandScalar(section, found.tree, found.name, option);
  return text === null ? null : { name: found.name, tree: found.tree, text };
}

/** A key under either of its names, unless the schema has refused its value. */
export function findKey({ map, problems }: Section, option: ConfigKey): { readonly name: string; readonly tree: Tree } | null {
  for (const name of namesOf(option)) {
    const entry = map.entries.get(name);
    if (entry !== undefined && !problems.isFaulty(entry.value)) return { name, tree: entry.value };
  }
  return null;
}

/** Where a key is written, whether or not its value is fine; the section itself when it is not. */
export function placeOf({ map }: Section, option: ConfigKey): Located {
  for (const name of namesOf(option)) {
    const entry = map.entries.get(name);
    if (entry !== undefined) return entry.value;
  }
  return map;
}

export function isGiven({ map }: Section, option: ConfigKey): boolean {
  return namesOf(option).some((name) => map.entries.has(name));
}

/** The text of a scalar with its variables expanded; `null` when that was refused. */
export function expandScalar(section: Section, tree: ScalarTree, name: string, option: ConfigKey | null): string | null {
  const expansion = expand(sourceText(tree, option), section.variables);
  if (expansion.ok) return expansion.text;
  section.problems.report(tree, `cannot expand ${expansion.problem} (in ${name} of ${section.label})`);
  return null;
}

/** Reports a value that a key does not take. */
export function refuse(section: Section, option: ConfigKey, written: Written, reason?: string): void {
  const { tree, name, text } = written;
  const shown = tree.value === text || typeof tree.value !== "string" ? tree : { ...tree, value: text, text };
  section.problems.report(tree, badValue(option, name, section.label, shown, reason));
}

/** Counts a relative path from the folder of the file that it is written in, and expands `~`; an absolute one stays as written. */
export function resolvePath(section: Section, text: string): string {
  const path = expandUser(text, section.world);
  return isAbsolute(path) ? path : resolve(dirname(section.map.file.path), path);
}

/** Octal digits and texts count as they are written (`022` is not 22); other numbers by their value (`1e3` is 1000). */
function sourceText({ value, text }: ScalarTree, option: ConfigKey | null): string {
  if (typeof value === "string") return value;
  const byValue = option !== null && ["integer", "bytes", "seconds", "exit-codes", "signal", "boolean"].includes(option.type);
  return byValue ? String(value) : text;
}

function namesOf({ yaml, alias }: ConfigKey): readonly string[] {
  return alias === null ? [yaml] : [yaml, alias];
}

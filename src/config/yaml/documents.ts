import { dirname, resolve } from "node:path";
import type { ConfigWorld } from "../../model/config-world.ts";
import { glob } from "../glob.ts";
import { SECTIONS } from "../keys.ts";
import { checkStructure } from "./check-structure.ts";
import { readItems } from "./lists.ts";
import type { Problems } from "./problems.ts";
import { readTree } from "./read-tree.ts";
import type { Section } from "./section.ts";
import { type MapTree, positionOf } from "./tree.ts";
import { fileVariables } from "./variables.ts";

/** The main file and the files that it includes, each checked against the schema. */
export interface Documents {
  /** `null` when the file could not be read. */
  readonly main: MapTree | null;
  readonly included: readonly MapTree[];
  /** Every file that was read, the main file first. */
  readonly files: readonly string[];
}

/** @param path - absolute. */
export function readDocuments(path: string, world: ConfigWorld, problems: Problems): Documents {
  const main = readDocument(path, world, problems);
  const paths = main === null ? [] : includedPaths(main, world, problems);
  const included = paths.map((each) => {
    const tree = readDocument(each, world, problems);
    problems.note("info", { file: path, line: null, column: null }, `Included extra file "${each}" during parsing`);
    if (tree !== null) refuseMainSections(tree, path, problems);
    return tree;
  });
  return { main, included: included.filter((tree) => tree !== null), files: [path, ...paths] };
}

/**
 * Reads one file.
 * @param only - the keys that matter; the rest of the file is left out before it is checked.
 * @returns `null` when nothing can be said about its content.
 */
export function readDocument(path: string, world: ConfigWorld, problems: Problems, only?: readonly string[]): MapTree | null {
  const text = readText(path, world, problems);
  const whole = text === null ? null : readTree(path, text, problems);
  if (whole === null) return null;
  if (whole.kind === "scalar" && whole.value === null) return { kind: "map", file: whole.file, offset: 0, entries: new Map() };
  const tree = only === undefined || whole.kind !== "map" ? whole : keep(whole, only);
  checkStructure(tree, problems);
  return tree.kind === "map" ? tree : null;
}

function keep(root: MapTree, names: readonly string[]): MapTree {
  return { ...root, entries: new Map([...root.entries].filter(([name]) => names.includes(name))) };
}

function readText(path: string, world: ConfigWorld, problems: Problems): string | null {
  try {
    return world.readFile(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = READ_ERRORS.get(code) ?? (error instanceof Error ? error.message : String(error));
    problems.reportAt({ file: path, line: null, column: null }, `cannot read the config file: ${reason}`);
    return null;
  }
}

const READ_ERRORS = new Map([
  ["ENOENT", "there is no such file"],
  ["EACCES", "permission denied"],
  ["EISDIR", "it is a directory"],
]);

/** Each file once, in the order of the patterns; the main file never includes itself. */
function includedPaths(main: MapTree, world: ConfigWorld, problems: Problems): readonly string[] {
  const section: Section = { label: "this file", map: main, variables: fileVariables(main.file.path, world), world, problems };
  const include = { ...SECTIONS.include.keys.files, yaml: SECTIONS.include.yaml };
  const paths = readItems(section, include).flatMap(({ tree, text }) => {
    const pattern = resolve(dirname(main.file.path), text);
    const found = glob(pattern, world);
    if (found.length === 0) problems.note("warn", positionOf(tree), `No file matches via include "${pattern}"`);
    return found;
  });
  return [...new Set(paths)].filter((path) => path !== main.file.path);
}

/** What there is only one of stands in the main file, where one looks for it. */
function refuseMainSections(tree: MapTree, main: string, problems: Problems): void {
  for (const name of ["daemon", "http", "ctl", "include"]) {
    const entry = tree.entries.get(name);
    if (entry !== undefined) problems.report(entry.key, `cannot set ${name} in an included file: it belongs into ${main}`);
  }
}

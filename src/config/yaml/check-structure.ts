import type { ConfigKey } from "../keys/key.ts";
import { badValue, unknownKey } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { allSpots, type Spot, spotAt } from "./spots.ts";
import { findMisfits, type Misfit } from "./structure.ts";
import { type MapTree, plainValue, showTree, type Tree } from "./tree.ts";

/** Checks a document against the schema and reports each misfit where it was written; refused nodes are marked as faulty. */
export function checkStructure(root: Tree, problems: Problems): void {
  if (root.kind !== "map") {
    problems.report(root, `cannot use ${showTree(root)} as a configuration: expected a map with the key programs`);
    return;
  }
  for (const misfit of findMisfits(plainValue(root))) reportMisfit(root, misfit, problems);
  for (const spot of allSpots(root)) reportDoubleNames(spot, problems);
}

function reportMisfit(root: MapTree, misfit: Misfit, problems: Problems): void {
  const found = spotAt(root, misfit.path);
  const tree = follow(root, misfit.path);
  switch (misfit.kind) {
    case "unknown-key":
      reportUnknownKey(misfit.path, misfit.key ?? "", { spot: found?.spot ?? null, tree, problems });
      return;
    case "missing-key": {
      const missing = Object.values(found?.spot.section.keys ?? {}).find(({ yaml }) => yaml === misfit.key);
      // The other name of a key is not missing besides.
      if (found === null || missing === undefined) return;
      problems.report(found.spot.key, `cannot find the key "${missing.yaml}" in ${found.spot.label}: it is required`);
      return;
    }
    case "two-names":
      return;
    case "value":
      // What an anchor holds is shared by all its aliases; it is wrong once.
      if (!problems.isFaulty(tree)) problems.report(tree, describeBadValue(misfit.path, found, tree));
      return;
  }
}

interface UnknownKeyPlace {
  readonly spot: Spot | null;
  readonly tree: Tree;
  readonly problems: Problems;
}

function reportUnknownKey(path: readonly string[], key: string, { spot, tree, problems }: UnknownKeyPlace): void {
  const at = tree.kind === "map" ? (tree.entries.get(key)?.key ?? tree) : tree;
  if (problems.isFaulty(at)) return;
  const known = spot === null ? (path.length === 0 ? TOP_LEVEL : HTTP) : Object.values(spot.section.keys).flatMap(namesOf);
  const label = spot?.label ?? (path.length === 0 ? null : path.join("."));
  problems.report(at, unknownKey(key, label, known));
}

const TOP_LEVEL = ["programs", "groups", "listeners", "fcgi", "http", "daemon", "ctl", "include"];
const HTTP = ["unix", "inet"];

function describeBadValue(path: readonly string[], found: ReturnType<typeof spotAt>, tree: Tree): string {
  const shown = showTree(tree);
  if (found !== null) {
    const { spot, depth } = found;
    const name = path[depth];
    if (name === undefined) return `cannot use ${shown} for ${spot.label}: expected a map of keys such as ${firstKey(spot)}`;
    const option = Object.values(spot.section.keys).find((each) => namesOf(each).includes(name));
    if (option !== undefined) return badValue(option, writtenPath(path.slice(depth)), spot.label, tree);
  }
  return `cannot use ${shown} for ${path.join(".")}: expected ${EXPECTED.get(path.join(".")) ?? "a map of names, each with a map of keys"}`;
}

const EXPECTED = new Map([
  ["http", 'unix, inet or both; write "http: none" for no server at all, or leave http out for the default socket'],
  ["http.unix", "a map of keys such as file, or a list of them"],
  ["http.inet", "a map of keys such as port, or a list of them"],
  ["include", "a list of file patterns"],
]);

/** The two names of a key would contradict each other. */
function reportDoubleNames({ section, tree, label }: Spot, problems: Problems): void {
  if (tree.kind !== "map") return;
  for (const { yaml, alias } of Object.values(section.keys)) {
    if (alias === null) continue;
    const [one, other] = [tree.entries.get(yaml), tree.entries.get(alias)];
    if (one === undefined || other === undefined) continue;
    const later = one.key.offset > other.key.offset ? one.key : other.key;
    problems.report(later, `cannot use both "${yaml}" and "${alias}" in ${label}: they are two names of one key`);
  }
}

function follow(root: Tree, path: readonly string[]): Tree {
  let tree = root;
  for (const step of path) {
    const next: Tree | undefined =
      tree.kind === "map" ? tree.entries.get(step)?.value : tree.kind === "list" ? tree.items[Number(step)] : undefined;
    if (next === undefined) return tree;
    tree = next;
  }
  return tree;
}

function firstKey({ section }: Spot): string {
  return Object.values(section.keys)[0]?.yaml ?? "";
}

function namesOf({ yaml, alias }: ConfigKey): readonly string[] {
  return alias === null ? [yaml] : [yaml, alias];
}

/** `exitcodes[1]`, `env.PORT`. */
function writtenPath(path: readonly string[]): string {
  const [first = "", ...rest] = path;
  return first + rest.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join("");
}

import { type ConfigSection, SECTIONS } from "../keys.ts";
import type { Located, MapTree, Tree } from "./tree.ts";

/** A map of the document that has keys of its own: one program, one server, the daemon. */
export interface Spot {
  /** For messages: `program "web"`. */
  readonly label: string;
  readonly section: ConfigSection;
  /** The name of a program, listener or group; empty for what has none. */
  readonly name: string;
  /** Where it begins: its name, its key, or its dash. */
  readonly key: Located;
  readonly tree: Tree;
}

/** Kinds of sections that are maps of names. */
export type NamedKind = "program" | "listener" | "fcgi" | "group";
export type ServerKind = "unixServer" | "inetServer";

const LABELS = { program: "program", listener: "listener", fcgi: "FastCGI program", group: "group" } as const;

/** Every spot of a document, for the checks that all of them get. */
export function allSpots(root: MapTree): readonly Spot[] {
  return [
    ...(["program", "listener", "fcgi", "group"] as const).flatMap((kind) => namedSpots(root, kind)),
    ...(["inetServer", "unixServer"] as const).flatMap((kind) => serverSpots(root, kind)),
    ...(["daemon", "ctl"] as const).flatMap((kind) => singleSpot(root, kind) ?? []),
  ];
}

export function namedSpots(root: MapTree, kind: NamedKind): readonly Spot[] {
  const section = SECTIONS[kind];
  const parent = root.entries.get(section.yaml)?.value;
  if (parent?.kind !== "map") return [];
  return [...parent.entries].map(([name, { key, value: tree }]) => ({ label: labelOf(kind, name), section, name, key, tree }));
}

/** The servers of one kind: a map is a list of one. */
export function serverSpots(root: MapTree, kind: ServerKind): readonly Spot[] {
  const section = SECTIONS[kind];
  const http = root.entries.get("http")?.value;
  const entry = http?.kind === "map" ? http.entries.get(section.yaml.slice("http.".length)) : undefined;
  if (entry === undefined) return [];
  const { key, value } = entry;
  if (value.kind !== "list") return [{ label: section.yaml, section, name: "", key, tree: value }];
  return value.items.map((tree, index) => ({ label: `${section.yaml}[${index}]`, section, name: "", key: tree, tree }));
}

/** `daemon` and `ctl`, of which there is one. */
export function singleSpot(root: MapTree, kind: "daemon" | "ctl"): Spot | null {
  const section = SECTIONS[kind];
  const entry = root.entries.get(section.yaml);
  if (entry === undefined) return null;
  return { label: section.yaml, section, name: "", key: entry.key, tree: entry.value };
}

function labelOf(kind: NamedKind, name: string): string {
  return `${LABELS[kind]} ${JSON.stringify(name)}`;
}

/** The spot that a path of the document leads into, and how many steps of the path lead to it. */
export function spotAt(root: MapTree, path: readonly string[]): { readonly spot: Spot; readonly depth: number } | null {
  const [first = "", second = "", third = ""] = path;
  if (first === "daemon" || first === "ctl") return withDepth(singleSpot(root, first), 1);
  if (first === "http") {
    const kind = second === "unix" ? "unixServer" : second === "inet" ? "inetServer" : null;
    if (kind === null) return null;
    const spots = serverSpots(root, kind);
    const listed = spots[0]?.label.endsWith("]") ?? false;
    return listed ? withDepth(spots[Number(third || Number.NaN)], 3) : withDepth(spots[0], 2);
  }
  const kind = (["program", "listener", "fcgi", "group"] as const).find((each) => SECTIONS[each].yaml === first);
  if (kind === undefined || path.length < 2) return null;
  const parent = root.entries.get(first)?.value;
  const entry = parent?.kind === "map" ? parent.entries.get(second) : undefined;
  if (entry === undefined) return null;
  return withDepth({ label: labelOf(kind, second), section: SECTIONS[kind], name: second, key: entry.key, tree: entry.value }, 2);
}

function withDepth(spot: Spot | null | undefined, depth: number): { spot: Spot; depth: number } | null {
  return spot === null || spot === undefined ? null : { spot, depth };
}

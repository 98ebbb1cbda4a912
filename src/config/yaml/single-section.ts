import type { ConfigWorld } from "../../model/config-world.ts";
import type { Problems } from "./problems.ts";
import type { Section } from "./section.ts";
import { singleSpot } from "./spots.ts";
import type { MapTree } from "./tree.ts";
import { fileVariables } from "./variables.ts";

/** `daemon` or `ctl`; one that is left out is empty. */
export function singleSection(root: MapTree, kind: "daemon" | "ctl", world: ConfigWorld, problems: Problems): Section {
  const tree = singleSpot(root, kind)?.tree;
  const map: MapTree = tree?.kind === "map" ? tree : { kind: "map", file: root.file, offset: 0, entries: new Map() };
  return { label: kind, map, variables: fileVariables(root.file.path, world), world, problems };
}

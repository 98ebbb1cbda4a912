import type { Position } from "../../model/diagnostic.ts";

/** A YAML document with aliases and merges resolved; every node knows where it was written. */
export type Tree = MapTree | ListTree | ScalarTree;

export interface MapTree extends Located {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface MapEntry {
  readonly key: Located;
  readonly value: Tree;
}

interface ListTree extends Located {
  readonly kind: "list";
  readonly items: readonly Tree[];
}

export interface ScalarTree extends Located {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As written, without quotes: `022` stays `022` although its value is 22. */
  readonly text: string;
}

export interface Located {
  readonly file: YamlFile;
  /** Characters before it in the file's text. */
  readonly offset: number;
}

export interface YamlFile {
  /** Absolute path. */
  readonly path: string;
  readonly lines: { linePos(offset: number): { readonly line: number; readonly col: number } };
}

export function positionOf({ file, offset }: Located): Position {
  const { line, col } = file.lines.linePos(offset);
  return { file: file.path, line, column: col };
}

/** How a message shows a value: as written, cut when it is long; a map or list by its kind. */
export function showTree(tree: Tree): string {
  if (tree.kind === "map") return tree.entries.size === 0 ? "an empty map" : "a map";
  if (tree.kind === "list") return tree.items.length === 0 ? "an empty list" : "a list";
  if (typeof tree.value !== "string") return tree.value === null ? "an empty value" : tree.text;
  return showText(tree.value);
}

function showText(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return JSON.stringify(shown);
}

/** The plain value of a tree, for a JSON Schema validator. Shared subtrees stay shared. */
export function plainValue(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(plainValue);
  return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, plainValue(entry.value)]));
}

import type { ErrorCode, ParsedNode, YAMLMap, YAMLSeq } from "yaml";
import { yamlPackage } from "./heavy-packages.ts";
import type { Problems } from "./problems.ts";
import { type MapEntry, positionOf, type Tree, type YamlFile } from "./tree.ts";

/**
 * Reads the text of one YAML 1.2 file; aliases and merges (`<<`) are resolved, duplicate keys are errors.
 * @returns `null` when nothing useful can be said about the content: a syntax error, an alias bomb.
 */
export function readTree(path: string, content: string, problems: Problems): Tree | null {
  // Editors do not count a byte order mark as a column.
  const text = content.replace(/^\uFEFF/, "");
  const yaml = yamlPackage();
  const lines = new yaml.LineCounter();
  const file: YamlFile = { path, lines };
  const garbled = text.indexOf("\0");
  // Unique keys are checked here: the package compares each key with each other one, and does not say where the first was.
  const document = yaml.parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, version: "1.2" });
  if (garbled >= 0) {
    problems.report({ file, offset: garbled }, "cannot read this as text: it has a NUL character");
    return null;
  }
  // What follows the first error is mostly its aftermath.
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    problems.report({ file, offset: error.pos[0] }, `cannot read this as YAML: ${rephrase(error.code, error.message)}`);
    return null;
  }
  if (document.contents === null) return { kind: "map", file, offset: 0, entries: new Map() };
  return new TreeBuilder(yaml, file, problems).build(document.contents);
}

/** How many nodes a document may have once its aliases are followed, for each node that is written, and in any case. */
const GROWTH = 100;
const SMALL = 10_000;

class TreeBuilder {
  readonly #yaml: typeof import("yaml");
  readonly #file: YamlFile;
  readonly #problems: Problems;
  /** Anchored nodes that are complete; an alias shares the tree. */
  readonly #anchors = new Map<string, Tree>();
  /** Nodes of a tree with its aliases followed. */
  readonly #sizes = new Map<Tree, number>();
  #written = 0;

  constructor(yaml: typeof import("yaml"), file: YamlFile, problems: Problems) {
    this.#yaml = yaml;
    this.#file = file;
    this.#problems = problems;
  }

  build(contents: ParsedNode): Tree | null {
    const root = this.#tree(contents);
    if ((this.#sizes.get(root) ?? 0) <= Math.max(SMALL, this.#written * GROWTH)) return root;
    this.#problems.report(root, "cannot follow the aliases of this file: they would make a document of excessive size");
    return null;
  }

  #tree(node: ParsedNode | null): Tree {
    this.#written += 1;
    if (this.#yaml.isAlias(node)) return this.#alias(node.source, node.range[0]);
    const tree = this.#fresh(node);
    if (node !== null && node.anchor !== undefined) this.#anchors.set(node.anchor, tree);
    return tree;
  }

  #alias(name: string, offset: number): Tree {
    const target = this.#anchors.get(name);
    if (target !== undefined) return target;
    const nothing = this.#sized({ kind: "scalar" as const, file: this.#file, offset, value: null, text: "" }, 1);
    this.#problems.report(nothing, `cannot follow *${name}: there is no complete anchor &${name} before it`);
    return nothing;
  }

  #fresh(node: Exclude<ParsedNode, { source: string; resolve: unknown }> | null): Tree {
    const at = { file: this.#file, offset: node?.range[0] ?? 0 };
    if (this.#yaml.isMap(node)) return this.#map(node as YAMLMap.Parsed, at.offset);
    if (this.#yaml.isSeq(node)) return this.#list(node as YAMLSeq.Parsed, at.offset);
    const value = this.#yaml.isScalar(node) ? node.value : null;
    const text = this.#yaml.isScalar(node) ? (node.source ?? "") : "";
    return this.#sized({ kind: "scalar", ...at, value: scalarValue(value, text), text }, 1);
  }

  #list(node: YAMLSeq.Parsed, offset: number): Tree {
    const items = node.items.map((item) => (this.#yaml.isPair(item) ? this.#tree(null) : this.#tree(item)));
    return this.#sized({ kind: "list", file: this.#file, offset, items }, this.#sizeOf(items));
  }

  #map(node: YAMLMap.Parsed, offset: number): Tree {
    const own = new Map<string, MapEntry>();
    const merged: Tree[] = [];
    for (const pair of node.items) {
      const keyOffset = pair.key.range[0];
      const key = { file: this.#file, offset: keyOffset };
      const value = this.#valueOf(pair.value, pair.key.range[1]);
      if (this.#yaml.isScalar(pair.key) && pair.key.source === "<<" && pair.key.type === "PLAIN") {
        merged.push(value);
        continue;
      }
      const name = this.#keyName(pair.key, keyOffset);
      if (name === null) continue;
      const first = own.get(name);
      if (first === undefined) own.set(name, { key, value });
      else this.#problems.report(key, `cannot repeat the key "${name}": it is already in line ${positionOf(first.key).line}`);
    }
    const entries = new Map(own);
    for (const source of merged) this.#merge(source, entries);
    const sizes = [...entries.values()].map((entry) => entry.value);
    return this.#sized({ kind: "map", file: this.#file, offset, entries }, this.#sizeOf(sizes));
  }

  /** A key without a value has its null where the key ends. */
  #valueOf(node: ParsedNode | null, keyEnd: number): Tree {
    if (node !== null) return this.#tree(node);
    return this.#sized({ kind: "scalar", file: this.#file, offset: keyEnd, value: null, text: "" }, 1);
  }

  #keyName(node: ParsedNode, offset: number): string | null {
    if (this.#yaml.isScalar(node)) return typeof node.value === "string" ? node.value : (node.source ?? "");
    if (this.#yaml.isAlias(node)) {
      const target = this.#alias(node.source, offset);
      if (target.kind === "scalar") return target.text;
    }
    this.#problems.report({ file: this.#file, offset }, "cannot use a map or a list as a key");
    return null;
  }

  /** What is written in the map itself, or merged earlier, wins. */
  #merge(source: Tree, entries: Map<string, MapEntry>): void {
    if (source.kind === "list") {
      for (const item of source.items) this.#merge(item, entries);
    } else if (source.kind === "map") {
      for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry);
    } else if (!this.#problems.isFaulty(source)) {
      this.#problems.report(source, "cannot merge this with <<: expected an alias of a map, or a list of them");
    }
  }

  #sizeOf(trees: readonly Tree[]): number {
    return trees.reduce((sum, tree) => sum + (this.#sizes.get(tree) ?? 1), 1);
  }

  #sized<Kind extends Tree>(tree: Kind, size: number): Kind {
    this.#sizes.set(tree, size);
    return tree;
  }
}

/** Whatever else the YAML core schema may make of a scalar is taken as its text. */
function scalarValue(value: unknown, text: string): string | number | boolean | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null) return value;
  return text;
}

/** The parser's own words, where they help the writer of a configuration. */
function rephrase(code: ErrorCode, message: string): string {
  const closing = /end with a (.)$/.exec(message)?.[1] ?? /^Missing closing (.)quote$/.exec(message)?.[1];
  if (closing !== undefined) return `the closing ${closing} is missing`;
  switch (code) {
    case "RESOURCE_EXHAUSTION":
      return "it is nested too deeply";
    case "MULTIPLE_DOCS":
      return "a file holds one document";
    case "BLOCK_AS_IMPLICIT_KEY":
      return 'a value that contains ": " needs quotes';
    default:
      return message.charAt(0).toLowerCase() + message.slice(1);
  }
}

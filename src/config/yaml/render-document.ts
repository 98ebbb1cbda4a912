import { Document, isMap, isScalar, Scalar, visit, type YAMLMap } from "yaml";
import { structurallyEqual } from "../../model/equal.ts";
import type { YamlValue } from "./render-yaml.ts";

/** The top-level keys whose entries are named sections. */
const NAMED = ["programs", "fcgi", "listeners", "groups"];

/**
 * The text of a document: lists of scalars on one line, a blank line before each section. What INI programs have in common because
 * their defaults are supervisord's is said once, under an anchor.
 */
export function renderDocument(content: { readonly [key: string]: YamlValue }): string {
  const sharing = programsOf(content).filter((program) =>
    Object.keys(INI_DEFAULTS).every((name) => hasIniDefault(program, name)),
  );
  const document = new Document(sharing.length > 1 ? { [ANCHOR_KEY]: INI_DEFAULTS, ...content } : content);
  visit(document, {
    Seq(_, list) {
      list.flow = list.items.every(isScalar);
    },
  });
  if (!isMap(document.contents)) return "";
  if (sharing.length > 1) shareDefaults(document, document.contents);
  separate(document.contents);
  for (const name of NAMED) {
    const section = document.contents.get(name);
    if (isMap(section)) separate(section);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const ANCHOR = "supervisord";
const ANCHOR_KEY = `x-${ANCHOR}`;

/** Defaults of INI programs that are others in YAML. */
const INI_DEFAULTS: { readonly [key: string]: YamlValue } = {
  startretries: 3,
  starttime: 1,
  early_exit: "failure",
  stopasgroup: false,
  killasgroup: false,
};

function programsOf(content: { readonly [key: string]: YamlValue }): readonly YamlValue[] {
  return ["programs", "fcgi", "listeners"].flatMap((name) => Object.values(content[name] ?? {}));
}

function hasIniDefault(program: YamlValue, name: string): boolean {
  return (
    typeof program === "object" &&
    structurallyEqual(Object.entries(program).find(([key]) => key === name)?.[1], INI_DEFAULTS[name])
  );
}

/** Replaces the common defaults of each program by a merge of the anchor. */
function shareDefaults(document: Document, root: YAMLMap): void {
  const anchored = root.get(ANCHOR_KEY, true);
  if (!isMap(anchored)) return;
  const names = Object.keys(INI_DEFAULTS);
  for (const section of ["programs", "fcgi", "listeners"].map((name) => root.get(name))) {
    if (!isMap(section)) continue;
    for (const { value: program } of section.items) {
      if (!isMap(program) || !names.every((name) => program.get(name) === INI_DEFAULTS[name])) continue;
      for (const name of names) program.delete(name);
      program.items.unshift(document.createPair("<<", document.createAlias(anchored, ANCHOR)));
    }
  }
}

/** A blank line before each entry but the first. */
function separate({ items }: YAMLMap): void {
  for (const { key } of items.slice(1)) if (key instanceof Scalar) key.spaceBefore = true;
}

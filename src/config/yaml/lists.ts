import type { Environment } from "../../model/config.ts";
import { EVENT_TYPES, type EventType } from "../../model/event.ts";
import type { ConfigKey } from "../keys/key.ts";
import { parseExitCodes } from "../scalars.ts";
import { badValue } from "./messages.ts";
import { expandScalar, findKey, readValue, type Section } from "./section.ts";
import type { ScalarTree, Tree } from "./tree.ts";

/** One item of a list, with its variables expanded. */
export interface Item {
  readonly tree: ScalarTree;
  readonly text: string;
}

/** The items of a list; one scalar is a list of one. An absent key has none. */
export function readItems(section: Section, option: ConfigKey): readonly Item[] {
  const found = findKey(section, option);
  if (found === null) return [];
  return itemsOf(found.tree).flatMap((tree) => {
    if (section.problems.isFaulty(tree)) return [];
    const text = expandScalar(section, tree, found.name, option);
    return text === null ? [] : [{ tree, text }];
  });
}

/** A number, a list of numbers, or numbers with commas in one text. */
export function readExitCodes(section: Section, option: ConfigKey): readonly number[] {
  const found = findKey(section, option);
  if (found?.tree.kind !== "list") return readValue(section, option, parseExitCodes, []);
  return readItems(section, option).flatMap((item) => {
    const codes = item.text.trim() === "" ? undefined : parseExitCodes(item.text);
    if (codes === undefined) section.problems.report(item.tree, badValue(option, found.name, section.label, item.tree));
    return codes ?? [];
  });
}

export function readEventTypes(section: Section, option: ConfigKey): readonly EventType[] {
  return readItems(section, option).flatMap(({ tree, text }) => {
    const type = text.trim().toUpperCase();
    if (isEventType(type)) return [type];
    section.problems.report(tree, badValue(option, option.yaml, section.label, { ...tree, value: text, text }));
    return [];
  });
}

/** A map of names and values, or a list of `NAME=VALUE`. */
export function readEnvironment(section: Section, option: ConfigKey): Environment {
  const found = findKey(section, option);
  if (found === null) return {};
  if (found.tree.kind === "list") {
    return Object.fromEntries(readItems(section, option).map(({ text }) => splitAssignment(text)));
  }
  if (found.tree.kind !== "map") return {};
  const pairs: [string, string][] = [];
  for (const [name, { key, value }] of found.tree.entries) {
    if (name === "" || name.includes("=")) {
      section.problems.report(key, `cannot use ${JSON.stringify(name)} as the name of a variable in ${section.label}`);
    }
    if (value.kind !== "scalar" || section.problems.isFaulty(value)) continue;
    const text = expandScalar(section, value, `${found.name}.${name}`, null);
    if (text !== null) pairs.push([name, text]);
  }
  return Object.fromEntries(pairs);
}

function splitAssignment(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function itemsOf(tree: Tree): readonly ScalarTree[] {
  if (tree.kind === "scalar") return tree.value === null ? [] : [tree];
  return tree.kind === "list" ? tree.items.filter((item) => item.kind === "scalar") : [];
}

function isEventType(word: string): word is EventType {
  return Object.hasOwn(EVENT_TYPES, word);
}

import { EVENT_TYPES } from "../../model/event.ts";
import { LOG_LEVELS } from "../../model/log-level.ts";
import { SIGNAL_NAMES } from "../../model/signal.ts";
import { type ConfigKey, VALUE_TYPES } from "../keys/key.ts";
import { SECTIONS } from "../keys.ts";
import { suggest } from "../suggest.ts";
import { showTree, type Tree } from "./tree.ts";

/**
 * The message for a value that a key does not take.
 * @param name - the key as it was written, with the path to a part of its value: `exitcodes[1]`.
 * @param label - the section it stands in: `program "web"`.
 * @param reason - what is wrong, where it is more than a matter of form.
 */
export function badValue(option: ConfigKey, name: string, label: string, tree: Tree, reason?: string): string {
  const start = `cannot use ${showTree(tree)} for ${name} in ${label}`;
  if (reason !== undefined) return `${start}: ${reason}`;
  return `${start}: expected ${/[[.]/.test(name) ? expectedPart(option, name) : expected(option)}${hint(option, tree)}`;
}

export function unknownKey(name: string, label: string | null, known: readonly string[]): string {
  const where = label === null ? "" : ` in ${label}`;
  return `cannot use the unknown key "${name}"${where}${unknownKeyHint(name, known)}`;
}

/** What a key accepts, with the bounds of its numbers. */
function expected({ type, minimum, maximum }: ConfigKey): string {
  const { accepts } = VALUE_TYPES[type];
  if (type !== "integer" || minimum === null) return accepts;
  return maximum === null ? `${accepts}, at least ${minimum}` : `${accepts} from ${minimum} to ${maximum}`;
}

function expectedPart({ type }: ConfigKey, name: string): string {
  if (type === "environment" && name.endsWith("]")) return "NAME=VALUE";
  const described: { readonly accepts: string; readonly part?: string } = VALUE_TYPES[type];
  return described.part ?? described.accepts;
}

/** A key that is known elsewhere was put into the wrong place rather than mistyped. */
function unknownKeyHint(name: string, known: readonly string[]): string {
  const owner = Object.values(SECTIONS).find(({ keys }) =>
    Object.values(keys).some(({ yaml, alias }) => name === yaml || name === alias),
  );
  if (owner !== undefined) return `; it is a key of ${owner.yaml}`;
  const meant = suggest(name, known);
  if (meant !== undefined) return `; did you mean "${meant}"?`;
  return known.length > 12 ? "" : `; known are ${known.join(", ")}`;
}

function hint(option: ConfigKey, tree: Tree): string {
  if (tree.kind !== "scalar") return "";
  const text = tree.text.trim();
  const quoted = typeof tree.value === "string";
  const plain = option.type === "integer" ? /^[+-]?\d+$/ : option.type === "boolean" ? /^(true|false)$/ : null;
  if (quoted && plain?.test(text)) return "; write it without quotes";
  const meant = suggestValue(option, text);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}

function suggestValue({ type }: ConfigKey, text: string): string | undefined {
  switch (type) {
    case "boolean":
      return BOOLEAN_WORDS.get(text.toLowerCase()) ?? suggest(text, ["true", "false"]);
    case "autorestart":
      return BOOLEAN_WORDS.get(text.toLowerCase()) ?? suggest(text, ["unexpected", "always", "never"]);
    case "early-exit":
      return suggest(text, ["finish-if-expected", "failure"]);
    case "log-level":
      return LEVEL_WORDS.get(text.toLowerCase()) ?? suggest(text, Object.keys(LOG_LEVELS));
    case "signal":
      return suggest(text.replace(/^SIG/i, ""), SIGNAL_NAMES);
    case "event-types":
      return suggest(text, Object.keys(EVENT_TYPES));
    default:
      return undefined;
  }
}

/** Words of YAML 1.1 and of INI, which YAML 1.2 reads as texts. */
const BOOLEAN_WORDS = new Map([
  ["yes", "true"],
  ["on", "true"],
  ["1", "true"],
  ["no", "false"],
  ["off", "false"],
  ["0", "false"],
]);

const LEVEL_WORDS = new Map([
  ["warning", "warn"],
  ["fatal", "critical"],
  ["crit", "critical"],
  ["verbose", "debug"],
]);

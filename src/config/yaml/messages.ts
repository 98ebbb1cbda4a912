import { EVENT_TYPES } from "../../model/event.ts";
import { LOG_LEVELS } from "../../model/log-level.ts";
import { SIGNAL_NAMES } from "../../model/signal.ts";
import { type ConfigKey, VALUE_TYPES } from "../keys/key.ts";
import { suggest } from "../suggest.ts";
import { showTree, type Tree } from "./tree.ts";

/**
 * The message for a value that a key does not take.
 * @param name - the key as it was written.
 * @param label - the section it stands in: `program "web"`.
 * @param reason - what is wrong, where it is more than a matter of form.
 */
export function badValue(option: ConfigKey, name: string, label: string, tree: Tree, reason?: string): string {
  const start = `cannot use ${showTree(tree)} for ${name} in ${label}`;
  if (reason !== undefined) return `${start}: ${reason}`;
  return `${start}: expected ${expected(option)}${didYouMean(suggestValue(option, tree))}`;
}

export function unknownKey(name: string, label: string | null, known: readonly string[]): string {
  const where = label === null ? "" : ` in ${label}`;
  const meant = suggest(name, known);
  const help = meant === undefined ? `; known are ${known.join(", ")}` : didYouMean(meant);
  return `cannot use the unknown key "${name}"${where}${help}`;
}

export function didYouMean(word: string | undefined): string {
  return word === undefined ? "" : `; did you mean "${word}"?`;
}

/** What a key accepts, with the bounds of its numbers. */
export function expected({ type, minimum, maximum }: ConfigKey): string {
  const { accepts } = VALUE_TYPES[type];
  if (type !== "integer" || minimum === null) return accepts;
  return maximum === null ? `${accepts}, at least ${minimum}` : `${accepts} from ${minimum} to ${maximum}`;
}

function suggestValue({ type }: ConfigKey, tree: Tree): string | undefined {
  if (tree.kind !== "scalar") return undefined;
  const text = tree.text.trim();
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

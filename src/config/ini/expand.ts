import { compareText } from "../order.ts";
import { ConfigProblem } from "./config-problem.ts";
import { formatPercent } from "./format.ts";
import { repr } from "./python-text.ts";

/** The names that `%(name)s` may use: a scope's own, then those of the scope around it. */
export interface Names {
  readonly values: ReadonlyMap<string, string | number>;
  readonly outer: Names | null;
}

/** Adds names to a scope, or replaces those of the same name. */
export function extend(outer: Names | null, values: Readonly<Record<string, string | number>>): Names {
  return { values: new Map(Object.entries(values)), outer };
}

/** The variables of an environment as names: `ENV_HOME` for HOME. */
export function environmentNames(outer: Names | null, environment: Readonly<Record<string, string | undefined>>): Names {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) values.set(`ENV_${name}`, value);
  return { values, outer };
}

/**
 * Expands the names in a value.
 * @param what - the option, as the message calls it: `program:x.command`.
 * @throws ConfigProblem with supervisord's text, which lists the names there are.
 */
export function expand(text: string, names: Names, what: string): string {
  if (!text.includes("%")) return text;
  const outcome = formatPercent(text, (name) => lookUp(name, names));
  if ("text" in outcome) return outcome.text;
  const intro = `Format string ${repr(text)} for ${repr(what)}`;
  if (outcome.kind === "malformed") throw new ConfigProblem(`${intro} is badly formatted: ${outcome.reason}`);
  const available = allNames(names).join(", ");
  throw new ConfigProblem(
    `${intro} contains names (${repr(outcome.name)}) which cannot be expanded. Available names: ${available}`,
  );
}

function lookUp(name: string, names: Names): string | number | undefined {
  for (let scope: Names | null = names; scope !== null; scope = scope.outer) {
    const value = scope.values.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function allNames(names: Names): readonly string[] {
  const all = new Set<string>();
  for (let scope: Names | null = names; scope !== null; scope = scope.outer)
    for (const name of scope.values.keys()) all.add(name);
  return [...all].sort(compareText);
}

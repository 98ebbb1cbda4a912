import { formatNamespec, parseNamespec } from "../src/model/namespec.ts";

interface Named {
  readonly group: string;
  readonly name: string;
}

/**
 * The processes that the names mean, in the order of the names and each once, and the names that mean none. No name at all, and `all`
 * among them, mean every process.
 */
export function selectProcesses<Process extends Named>(names: readonly string[], all: readonly Process[]) {
  if (names.length === 0 || names.includes("all")) return { shown: all, unknown: [] };
  const shown = new Set<Process>();
  const unknown: string[] = [];
  for (const name of names) {
    const matches = all.filter(meansProcess(name));
    for (const match of matches) shown.add(match);
    if (matches.length === 0) unknown.push(name);
  }
  return { shown: [...shown], unknown };
}

/** Besides the names that the daemon knows there are patterns: `web-*`, `*:worker_0?`. */
function meansProcess(name: string): (process: Named) => boolean {
  const { group, process } = parseNamespec(name);
  if (process === null || !/[*?]/.test(name))
    return (each) => each.group === group && (process === null || each.name === process);
  const pattern = new RegExp(
    `^${name
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  );
  return (each) => pattern.test(formatNamespec(each.group, each.name)) || (!name.includes(":") && pattern.test(each.name));
}

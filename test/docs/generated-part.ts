import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/**
 * A page of the documentation with one part of it drawn anew, to be compared with the page itself.
 * @param page - its path from the top of the project.
 * @param begin - the line before the part.
 * @param end - the line after it.
 */
export function withGeneratedPart(page: string, begin: string, end: string, part: string): string {
  const lines = readFileSync(join(ROOT, page), "utf8").split("\n");
  const from = lines.indexOf(begin);
  const to = lines.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${page} has no part between "${begin}" and "${end}"`);
  return [...lines.slice(0, from + 1), part, ...lines.slice(to)].join("\n");
}

import type { ConfigChanges } from "../remote/answers.ts";
import { visible } from "./visible.ts";

/** The lines of `reread`, sorted by group. */
export function changeLines({ added, changed, removed }: ConfigChanges): readonly string[] {
  const changes = new Map([
    ...added.map((group) => [group, "available"] as const),
    ...changed.map((group) => [group, "changed"] as const),
    ...removed.map((group) => [group, "disappeared"] as const),
  ]);
  if (changes.size === 0) return ["No config updates to processes"];
  return [...changes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, change]) => `${visible(group)}: ${change}`);
}

import { readFileSync } from "node:fs";

/**
 * The environment that a process was started with, as far as it has left it alone.
 * @returns `null` when there is no such process, or when it is somebody else's.
 */
export function processEnvironment(pid: number): Readonly<Record<string, string>> | null {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
    // What has no name is nothing that a shell could have set.
    return Object.fromEntries(entries.flatMap((entry) => (entry.indexOf("=") > 0 ? [splitAtEquals(entry)] : [])));
  } catch {
    return null;
  }
}

function splitAtEquals(entry: string): readonly [string, string] {
  const equals = entry.indexOf("=");
  return [entry.slice(0, equals), entry.slice(equals + 1)];
}

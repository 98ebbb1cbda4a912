import type { ConfigNote, DaemonOverrides, LoadOutcome } from "../../../src/config/outcome.ts";
import { loadYaml } from "../../../src/config/yaml/load-yaml.ts";
import type { Config, ProcessConfig } from "../../../src/model/config.ts";
import type { ConfigWorld } from "../../../src/model/config-world.ts";
import { formatDiagnostic } from "../../../src/model/diagnostic.ts";
import { aWorld } from "../ini/a-world.ts";

interface LoadOptions {
  readonly world?: Partial<ConfigWorld>;
  readonly overrides?: DaemonOverrides;
}

/** Loads `/etc/t/main.yaml` of a system with the given files in `/etc/t`; one text is that file. */
export function load(
  files: Readonly<Record<string, string>> | string,
  { world = {}, overrides = {} }: LoadOptions = {},
): LoadOutcome {
  const all = typeof files === "string" ? { "main.yaml": files } : files;
  const paths = Object.fromEntries(Object.entries(all).map(([name, text]) => [`/etc/t/${name}`, text]));
  return loadYaml("/etc/t/main.yaml", aWorld(paths, world), overrides);
}

/** The same, of a configuration that must be good. */
export function loaded(...parameters: Parameters<typeof load>): Config & { readonly notes: readonly ConfigNote[] } {
  const outcome = load(...parameters);
  if (!outcome.ok) throw new Error(outcome.errors.map(formatDiagnostic).join("\n"));
  return { ...outcome.value, notes: outcome.notes };
}

/** The errors of a configuration that must be bad, `line:column: message`, those of other files with their names. */
export function mistakes(...parameters: Parameters<typeof load>): readonly string[] {
  const outcome = load(...parameters);
  if (outcome.ok) return [];
  return outcome.errors.map((error) => formatDiagnostic(error).replace(/^\/etc\/t\/(main.yaml: ?)?/, ""));
}

/** The one process of a program `web` with the command `x` and these further lines. */
export function process(...lines: readonly string[]): ProcessConfig {
  const [first, ...more] = processes(...lines);
  if (first === undefined || more.length > 0) throw new Error("not one process");
  return first;
}

export function processes(...lines: readonly string[]): readonly ProcessConfig[] {
  return loaded(program(...lines)).groups.flatMap((group) => group.processes);
}

/** The text of a file with a program `web`; the lines are its keys. */
export function program(...lines: readonly string[]): string {
  const command = lines.some((line) => /^(cmd|command):/.test(line)) ? [] : ["cmd: x"];
  return `programs:\n  web:\n${[...command, ...lines].map((line) => `    ${line}\n`).join("")}`;
}

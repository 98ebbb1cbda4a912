import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { formatDiagnostic } from "../../src/model/diagnostic.ts";
import { offlineConfigWorld } from "../../src/os/config-world.ts";
import { fences, pages } from "./markdown.ts";

/** The reference shows single keys, which make no whole file. */
const EXAMPLES = pages()
  .filter(({ path }) => !path.startsWith("docs/reference/"))
  .flatMap(({ path, text }) => fences(text).flatMap(({ language, text: yaml }) => (language === "yaml" ? [{ path, yaml }] : [])));

describe("every YAML file in the documentation", () => {
  it.each(EXAMPLES)("is good, without a warning: one in $path", ({ yaml }) => {
    expect(problems(yaml)).toEqual([]);
  });
});

function problems(text: string): readonly string[] {
  const world = { ...offlineConfigWorld(), exists: () => true, readFile: () => text };
  const outcome = loadConfig("/somewhere/taskmaster.yaml", world);
  const diagnostics = outcome.ok ? outcome.notes.filter(({ level }) => level === "warn") : outcome.errors;
  return diagnostics.map(formatDiagnostic);
}

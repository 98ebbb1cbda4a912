import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { fences, pages, ROOT } from "./markdown.ts";

describe("the package", () => {
  const files = packedFiles();

  it.each([
    ...Object.values(manifest.bin),
    "dist/taskmasterd.cjs",
    "dist/taskmasterctl.cjs",
    "dist/taskmasterd-main.cjs",
    "dist/taskmasterctl-main.cjs",
    "dist/taskmasterctl-main.cjs.code",
    "dist/compiled-validator.cjs",
    "docs/reference/taskmaster.schema.json",
    "examples/demo.yaml",
    "LICENSE",
    ...pages().map(({ path }) => path),
  ])("holds %s", (file) => {
    expect(files).toContain(file);
  });

  it("holds no tests and nothing that only its building needs", () => {
    expect(files.filter((file) => /(^|\/)(test|compat|bench)\/|\.ts$|\.tsbuildinfo$/.test(file))).toEqual([]);
  });

  it("is called in the documentation by the name that npm gives it", () => {
    const name = `taskmaster-${manifest.version}.tgz`;
    const named = pages().flatMap(({ text }) =>
      fences(text).flatMap((fence) => fence.text.match(/taskmaster-[\d.]+\.tgz/g) ?? []),
    );
    expect(new Set(named)).toEqual(new Set([name]));
  });

  it("has its version in the list of changes", () => {
    expect(pages().find(({ path }) => path === "CHANGELOG.md")?.text).toContain(`## [${manifest.version}]`);
  });
});

function packedFiles(): readonly string[] {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: ROOT, encoding: "utf8" });
  const [pack]: readonly { readonly files: readonly { readonly path: string }[] }[] = JSON.parse(output);
  return pack?.files.map(({ path }) => path) ?? [];
}

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

/** The import table: each room and what it may import besides itself. The check of the same rules is in biome.json. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  kernel: ["model"],
  config: ["model"],
  os: ["model"],
  logs: ["model", "os"],
  child: ["model", "os", "logs", "runtime"],
  events: ["model"],
  runtime: ["model", "kernel"],
  rpc: ["model", "runtime", "logs"],
  http: ["model", "rpc", "logs"],
  web: [],
};
const ROOMS = Object.keys(MAY_IMPORT);

/** The check must be able to fail: a violation is planted for each rule, in a copy of the house. */
describe("the import rules", () => {
  let house = "";

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), "taskmaster-house-"));
    const rules = JSON.parse(readFileSync(join(ROOT, "biome.json"), "utf8"));
    writeFileSync(join(house, "biome.json"), JSON.stringify({ ...rules, vcs: { enabled: false } }));
    symlinkSync(join(ROOT, "node_modules"), join(house, "node_modules"));
    for (const room of ROOMS) plant(`src/${room}/target.ts`, "export const target = 1;\n");
    for (const room of ROOMS) {
      for (const other of ROOMS) {
        if (room !== other)
          plant(`src/${room}/to-${other}.ts`, `import { target } from "../${other}/target.ts";\n\nexport const copy = target;\n`);
      }
    }
    plant("src/kernel/impure.ts", 'import { hostname } from "node:os";\n\nexport const name = hostname();\n');
    plant("ctl/to-http.ts", 'import { target } from "../src/http/target.ts";\n\nexport const copy = target;\n');
  });

  afterAll(() => rmSync(house, { recursive: true }));

  it("allow what the table allows and nothing else", () => {
    const reported = violations(house);
    const expected = ROOMS.flatMap((room) =>
      ROOMS.filter((other) => other !== room && !MAY_IMPORT[room]?.includes(other)).map((other) => `src/${room}/to-${other}.ts`),
    );
    expect(reported).toEqual([...expected, "src/kernel/impure.ts", "ctl/to-http.ts"].sort());
  });

  it("hold in this house", () => {
    expect(violations(ROOT)).toEqual([]);
  });

  function plant(path: string, text: string): void {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
});

/** Files that break an import rule. */
function violations(folder: string): readonly string[] {
  const biome = join(ROOT, "node_modules/.bin/biome");
  const words = ["lint", "--only=style/noRestrictedImports", "--reporter=json", "--max-diagnostics=none", "src", "ctl"];
  const { stdout } = spawnSync(biome, words, { cwd: folder, encoding: "utf8" });
  const report: { diagnostics: readonly { location: { path: string | { file: string } } }[] } = JSON.parse(stdout);
  const files = report.diagnostics.map(({ location }) =>
    typeof location.path === "string" ? location.path : location.path.file,
  );
  return [...new Set(files)].sort();
}

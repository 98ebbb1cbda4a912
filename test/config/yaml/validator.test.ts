import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import standalone from "ajv/dist/standalone/index.js";
import { expect, it } from "vitest";
import { compileValidator, newAjv } from "../../../src/config/yaml/validator.ts";

it("works the same when it was compiled by the build", () => {
  const folder = mkdtempSync(join(tmpdir(), "validator-"));
  try {
    const ajv = newAjv(true);
    const fresh = compileValidator(ajv);
    const path = join(folder, "compiled.cjs");
    writeFileSync(path, standalone.default(ajv, fresh));
    const compiled = createRequire(import.meta.url)(path);
    const good = { programs: { web: { cmd: "x", exitcodes: [0, 2] } }, http: "none" };
    const bad = { programs: { web: { numprocs: -1, comand: "x" } }, http: {}, daemon: { loglevel: "loud" } };
    for (const document of [good, bad]) {
      expect(compiled(document)).toBe(fresh(document));
      expect(compiled.errors).toEqual(fresh.errors);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Ajv, ValidateFunction } from "ajv";
import { configSchema } from "../schema.ts";
import { ajvPackage } from "./heavy-packages.ts";

/** Where the build puts the checker that it has compiled; sources that run without a build have none. */
export const COMPILED_VALIDATOR = fileURLToPath(new URL("./compiled-validator.cjs", import.meta.url));

let loaded: ValidateFunction | undefined;

/** The checker of the JSON Schema. Compiling it takes longer than reading an ordinary file, so that is done by the build. */
export function validator(): ValidateFunction {
  loaded ??= loadValidator();
  return loaded;
}

function loadValidator(): ValidateFunction {
  return existsSync(COMPILED_VALIDATOR) ? createRequire(import.meta.url)(COMPILED_VALIDATOR) : compileValidator(newAjv());
}

export function compileValidator(ajv: Ajv): ValidateFunction {
  return ajv.compile(configSchema());
}

/** @param source - keep the code of the checker, so that it can be written to a file. */
export function newAjv(source = false): Ajv {
  const { Ajv } = ajvPackage();
  // Without inlining, each kind of value is compiled once, not once for each of the keys that have it.
  return new Ajv({ allErrors: true, allowUnionTypes: true, inlineRefs: false, messages: false, code: { source } });
}

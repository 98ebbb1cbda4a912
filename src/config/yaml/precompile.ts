import { writeFileSync } from "node:fs";
import standalone from "ajv/dist/standalone/index.js";
import { COMPILED_VALIDATOR, compileValidator, newAjv } from "./validator.ts";

/*
 * A step of the build: writes the compiled checker beside the compiled loader.
 */
const ajv = newAjv(true);
writeFileSync(COMPILED_VALIDATOR, standalone.default(ajv, compileValidator(ajv)));

import { createRequire } from "node:module";

/*
 * Packages that only a YAML file needs, loaded when one is read: together they take longer than the rest of a start. `require`, since
 * loading a configuration waits for nothing.
 */
const require = createRequire(import.meta.url);

export function yamlPackage(): typeof import("yaml") {
  return require("yaml");
}

export function ajvPackage(): typeof import("ajv") {
  return require("ajv");
}

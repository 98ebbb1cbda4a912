import { spawnSync } from "node:child_process";

/** Runs once before all tests: those that drive the real programs need them built from the sources under test. */
export function setup(): void {
  // Errors of type are the check's matter; the compiler writes its output all the same.
  spawnSync("npm", ["run", "--silent", "build"], { stdio: ["ignore", "inherit", "inherit"] });
}

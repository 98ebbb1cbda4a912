import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { restoreExtraCertificates } from "./os/extra-certificates.ts";

/*
 * What node runs: reads the program's bundle together with its compiled code, which the build has kept beside it, so that the engine need
 * not compile it once more at each start. Code of another version of the engine is refused by it, and then all is compiled as ever.
 */

restoreExtraCertificates(process.env);

/**
 * The build gives this file the name of the program, and puts what it runs beside it: a function that stands for the module, in ASCII.
 * @see https://nodejs.org/api/modules.html#the-module-wrapper
 */
const bundle = fileURLToPath(import.meta.url).replace(/\.cjs$/, "-main.cjs");

/** Set by the build: where to keep what was compiled when the program ends. */
const { TASKMASTER_KEEP_CODE: keeps } = process.env;

const script = new Script(readFileSync(bundle, "latin1"), { filename: bundle, cachedData: keptCode() });
if (keeps !== undefined) process.on("exit", () => writeFileSync(keeps, script.createCachedData()));
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));

function keptCode(): Buffer | undefined {
  try {
    return readFileSync(`${bundle}.code`);
  } catch {
    return undefined;
  }
}

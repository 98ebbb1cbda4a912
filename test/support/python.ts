import { execFileSync } from "node:child_process";

/** Debian's own Python: the one that Debian's supervisor is installed for. */
export const PYTHON = "/usr/bin/python3";

/**
 * Runs a Python program once: it finds `input` as a value, and what it leaves in `output` comes back. Bytes travel as JSON, so that one
 * interpreter serves all the cases of a test file.
 */
export function runPython(program: string, input: unknown): unknown {
  const wrapped = `import json, sys\ninput = json.load(sys.stdin)\n${program}\njson.dump(output, sys.stdout)\n`;
  const printed = execFileSync(PYTHON, ["-c", wrapped], { input: JSON.stringify(input), maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(printed.toString("utf8"));
}

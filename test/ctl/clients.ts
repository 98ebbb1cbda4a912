import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const TASKMASTERCTL = fileURLToPath(new URL("../../ctl/taskmasterctl.sh", import.meta.url));
export const SUPERVISORCTL = "/usr/bin/supervisorctl";

/** What a script sees of a client. */
export interface ClientOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

export interface RunOptions {
  /** What it finds on stdin; nothing by default. */
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a client to its end. */
export function runClient(program: string, words: readonly string[], options: RunOptions = {}): Promise<ClientOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: options.cwd, env: options.env ?? process.env, timeout: 60_000 });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ stdout, stderr, status }));
    // A client that ends without reading is none of the test's business.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
  });
}

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A question to the real supervisor package. */
export type Question =
  | { readonly ask: "load" | "loadCtl"; readonly path: string }
  | { readonly ask: "parse" | "environment" | "split" | "repr"; readonly text: string }
  | { readonly ask: "expand"; readonly text: string; readonly names: Readonly<Record<string, string | number>> }
  | { readonly ask: "value"; readonly type: string; readonly text: string };

export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** What the supervisor package answers, all questions in one process. */
export function askSupervisor(
  questions: readonly Question[],
  { env = { PATH: "/usr/bin:/bin" }, cwd = "/" }: { env?: Record<string, string>; cwd?: string } = {},
): readonly Answer[] {
  const oracle = fileURLToPath(new URL("oracle.py", import.meta.url));
  const run = spawnSync("/usr/bin/python3", ["-W", "ignore", oracle], {
    input: JSON.stringify(questions),
    encoding: "utf8",
    env,
    cwd,
    maxBuffer: 256 * 1024 ** 2,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const answers: Answer[] = JSON.parse(run.stdout);
  return answers;
}

import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PIPES = /^pipes-(\d+)$/;

/**
 * Makes the private directory for this daemon's FIFOs, and removes those of daemons that are gone.
 * @param configured - the parent directory; `null` for the usual place of this user.
 * @throws Error that says which directory and why.
 */
export function makeRuntimeDirectory(configured: string | null, env: NodeJS.ProcessEnv): string {
  const parent = configured ?? usualPlace(env);
  const path = join(parent, `pipes-${process.pid}`);
  try {
    mkdirSync(parent, { recursive: true, mode: 0o755 });
    if (configured === null) mustBeOurs(parent);
    removeLeftovers(parent);
    mkdirSync(path, { mode: 0o700 });
    return path;
  } catch (error) {
    throw new Error(`cannot make the runtime directory ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

export function removeRuntimeDirectory(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

function usualPlace(env: NodeJS.ProcessEnv): string {
  const uid = process.getuid?.() ?? 0;
  if (uid === 0) return "/run/taskmaster";
  return env.XDG_RUNTIME_DIR === undefined ? join(tmpdir(), `taskmaster-${uid}`) : join(env.XDG_RUNTIME_DIR, "taskmaster");
}

/** A directory in a place where everybody may write could be somebody else's trap. */
function mustBeOurs(path: string): void {
  if (statSync(path).uid !== process.getuid?.()) throw new Error(`${path} belongs to another user`);
}

/** A crash leaves the directory behind; nobody opens these FIFOs by name any more. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = PIPES.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) removeRuntimeDirectory(join(parent, name));
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

import { spawn } from "node:child_process";
import { closeSync, writeSync } from "node:fs";
import type { Readable } from "node:stream";
import { hideExtraCertificates } from "../os/extra-certificates.ts";

/** Tells a detached daemon on which descriptor its parent waits for word that it is up. */
const READY_VARIABLE = "TASKMASTER_READY_FD";
const READY_FD = 3;

/**
 * Starts this program again in the background and waits until it is up. It is the child that reads the configuration for good and
 * opens the listeners, so that its errors still reach this terminal.
 * @returns the exit status for this process: 0 once the daemon is up, else the daemon's own.
 */
export function detach(): Promise<number> {
  const [program = process.execPath, ...words] = [...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(process.execPath, [program, ...words], {
    detached: true,
    stdio: ["inherit", "inherit", "inherit", "pipe"],
    env: { ...hideExtraCertificates(process.env), [READY_VARIABLE]: String(READY_FD) },
  });
  const ready = child.stdio[READY_FD] as Readable;
  return new Promise((resolve) => {
    ready.once("data", () => {
      ready.destroy();
      child.unref();
      resolve(0);
    });
    child.once("error", (error) => {
      process.stderr.write(`Error: cannot start the daemon in the background: ${error.message}\n`);
      resolve(1);
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** The descriptor on which a parent waits; `null` when this process was not started by `detach`. */
export function takeReadyDescriptor(env: NodeJS.ProcessEnv): number | null {
  const text = env[READY_VARIABLE];
  delete env[READY_VARIABLE];
  return text === undefined ? null : Number(text);
}

/** Lets the waiting parent go. */
export function announceReady(fd: number): void {
  try {
    writeSync(fd, "up\n");
  } catch {
    // The parent was killed meanwhile; the daemon is up all the same.
  }
  closeSync(fd);
}

import { errorName, lastError } from "./libc.ts";

/**
 * The name of a system error (`ENOENT`) that Node threw or reported; Node itself knows only part of the names.
 * Anything else is told by its message, for texts that must say something.
 */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { errno, code } = error as NodeJS.ErrnoException;
  if (errno !== undefined) return errorName(Math.abs(errno));
  return code ?? error.message;
}

/** The error of a libc call that has just answered -1, in the form of Node's own. */
export function systemError(call: string, path: string): Error {
  const code = lastError();
  return Object.assign(new Error(`${code}: ${call} '${path}'`), { code });
}

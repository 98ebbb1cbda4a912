/** The `spawnerr` text of a process whose pipes or logs could not be opened. */
export function dispatcherProblem(name: string, error: string): string {
  if (error === "EMFILE") return `too many open files to spawn '${name}'`;
  return `unknown error making dispatchers for '${name}': ${error}`;
}

/**
 * The `spawnerr` text of a process for which no child could be made.
 * @returns `null` when the error is about the command: there is a child then in which it fails.
 */
export function forkProblem(name: string, error: string): string | null {
  if (error === "EAGAIN") return `Too many processes in process table to spawn '${name}'`;
  if (error === "ENOMEM") return `unknown error during fork for '${name}': ${error}`;
  return null;
}

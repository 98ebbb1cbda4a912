/** The daemon cannot start, for a reason that its user can mend. The message says it all; the exit status is 2. */
export class StartError extends Error {
  override readonly name = "StartError";
}

import type { Ending } from "./remote/reply.ts";
import type { Session } from "./session.ts";
import type { Terminal } from "./terminal.ts";

/** Work on processes that may last, and how to tell who is through with it. */
export interface LongWork {
  /** `starting`, and `started`. */
  readonly doing: string;
  readonly did: string;
  readonly names: readonly string[];
  /** Whether a process in this state is through. */
  isDone(state: string): boolean;
}

/**
 * Does something that the daemon may take long for; on a screen its progress is shown, and Ctrl-C ends the waiting only.
 * @param work - prints to the terminal that it is given.
 */
export async function doLongWork(
  long: LongWork,
  session: Session,
  work: (terminal: Terminal) => Promise<Ending>,
): Promise<Ending> {
  if (session.terminal.columns === null) return work(session.terminal);
  const { withProgress } = await import("./follow/progress.ts");
  return withProgress(long, session, work);
}

/**
 * Runs something that lasts until the user presses Ctrl-C, which then is a wish to come back and not to end the program.
 * Of nested ones the innermost gets it.
 * @returns what the work returned; the signal given to it is aborted by Ctrl-C.
 */
export async function untilInterrupted<Value>(work: (interrupted: AbortSignal) => Promise<Value>): Promise<Value> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  const outer = process.listeners("SIGINT");
  process.removeAllListeners("SIGINT");
  process.on("SIGINT", interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", interrupt);
    for (const listener of outer) process.on("SIGINT", listener);
  }
}

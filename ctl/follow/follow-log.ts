import { untilInterrupted } from "../interrupt.ts";
import { streamLog } from "../remote/log-stream.ts";
import type { Session } from "../session.ts";

/** Shows a log as it grows, until Ctrl-C or until the daemon ends it. Nothing that goes wrong changes the exit status. */
export async function followLog({ server: { access }, terminal }: Session, path: string): Promise<void> {
  terminal.line("==> Press Ctrl-C to exit <==");
  await untilInterrupted(async (interrupted) => {
    const problem = await streamLog(access, encodeURI(path), interrupted, terminal.raw);
    if (problem !== null) terminal.complain(`${access.url}${path} ${problem}`);
    if (interrupted.aborted) terminal.line("");
  });
}

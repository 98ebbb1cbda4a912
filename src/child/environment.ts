import type { ProcessConfig } from "../model/config.ts";
import { ORIGINAL_NOFILE_VARIABLE } from "../os/original-limit.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a child: the daemon's own, what tells a program that it is supervised, then what is configured, which wins.
 * @param serverUrl - where the daemon serves, for programs that do not set their own; `null` when it does not.
 */
export function childEnvironment({ group, name, launch }: ProcessConfig, own: Variables, serverUrl: string | null): Variables {
  const { [ORIGINAL_NOFILE_VARIABLE]: _, ...inherited } = launch.tty ? onOwnTerminal(own) : own;
  const url = launch.serverUrl ?? serverUrl;
  return {
    ...inherited,
    SUPERVISOR_ENABLED: "1",
    ...(url === null ? {} : { SUPERVISOR_SERVER_URL: url }),
    SUPERVISOR_PROCESS_NAME: name,
    SUPERVISOR_GROUP_NAME: group,
    ...launch.environment,
  };
}

/** What the daemon's environment says of a terminal is said of another one. */
function onOwnTerminal({ COLUMNS: _, LINES: __, ...own }: Variables): Variables {
  return { ...own, TERM: "xterm-256color" };
}
